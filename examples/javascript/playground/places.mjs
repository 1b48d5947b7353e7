// SPDX-License-Identifier: BSL-1.0
// Where what a pointer names stands in a JSON text, which may be one that is being typed: by the editor's own parser.

import { jsonLanguage } from '@codemirror/lang-json';

const treeOf = text => jsonLanguage.parser.parse(text);
const VALUES = ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'];
const isValue = node => VALUES.includes(node.name);

function childrenOf(node) {
  const found = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** The name of a member: none where its text is no string yet. */
function nameOf(text, property) {
  const name = property.getChild('PropertyName');
  try {
    return name === null ? undefined : JSON.parse(text.slice(name.from, name.to));
  } catch {
    return undefined;
  }
}

/** The value that a text is; undefined where none has begun. */
export const rootOf = text => childrenOf(treeOf(text).topNode).find(isValue);

/** The members of an object in a text, each with its value as it is written; none of what is no object. */
export function membersIn(text, object) {
  return object?.name !== 'Object'
    ? []
    : object.getChildren('Property').flatMap(property => {
        const node = childrenOf(property).find(isValue);
        const name = nameOf(text, property);
        return node === undefined || name === undefined ? [] : [{ name, value: text.slice(node.from, node.to), node }];
      });
}

/** The members of the object that a text is. */
export const membersOf = text => (text === undefined ? [] : membersIn(text, rootOf(text)));

export const tokensOf = pointer =>
  pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/**
 * Where what a pointer names stands: its key, or an element of an array, or the document; as far as there is a way.
 * A key that stands twice is where it stands last, which is the one that counts.
 * @returns {{ from: number, to: number }}
 */
export function placeOf(text, pointer) {
  let node = rootOf(text);
  let place = node === undefined ? { from: 0, to: text.length } : { from: node.from, to: node.to };
  for (const token of tokensOf(pointer)) {
    let found;
    if (node?.name === 'Object') {
      const property = node.getChildren('Property').findLast(each => nameOf(text, each) === token);
      const name = property?.getChild('PropertyName');
      if (name) found = { place: name, node: childrenOf(property).find(isValue) };
    } else if (node?.name === 'Array') {
      const element = childrenOf(node).filter(isValue)[Number(token)];
      if (element !== undefined) found = { place: element, node: element };
    }
    if (found === undefined) break;
    place = { from: found.place.from, to: found.place.to };
    node = found.node;
  }
  // All of a document would be underlined: where it begins says as much.
  return pointer === '' && place.to > place.from ? { from: place.from, to: place.from + 1 } : place;
}
