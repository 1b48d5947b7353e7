// SPDX-License-Identifier: BSL-1.0
// Whole requests of Auth0's, and who may make them: each takes one object, and says by its members what it is asked.

import { inBothForms } from './field_functions.mjs';
import { givenOptions, resultOf } from './text_functions.mjs';

const CHECKS = {
  string: value => typeof value === 'string',
  'string, if given': value => value === undefined || typeof value === 'string',
  'boolean, if given': value => value === undefined || typeof value === 'boolean',
  "'enforced' or 'documented', if given": value => value === undefined || value === 'enforced' || value === 'documented',
  'array of strings, if given': value =>
    value === undefined || (Array.isArray(value) && value.every(each => typeof each === 'string')),
};
const TABLE = "'enforced' or 'documented', if given";

function requestFunctionsOf(instance, { name, asTexts, read, parse }) {
  const begin = (operation, request, members) => {
    const place = name(operation);
    if (request === null || typeof request !== 'object') throw new TypeError(`${place}: the request must be an object`);
    for (const [member, what] of Object.entries(members)) {
      if (!CHECKS[what](request[member])) throw new TypeError(`${place}: ${member} must be a ${what}`);
    }
    return place;
  };
  /** A token's scopes and subject; no token: neither. */
  const asker = (place, token) => {
    if (token === undefined || token === null) return [undefined, undefined];
    if (typeof token !== 'object') throw new TypeError(`${place}: token must be an object, or undefined`);
    const { scopes, subject } = token;
    const granted = Array.isArray(scopes) ? scopes.join(' ') : scopes;
    if (typeof granted !== 'string') throw new TypeError(`${place}: token.scopes must be a string, or an array of them`);
    if (subject !== undefined && typeof subject !== 'string')
      throw new TypeError(`${place}: token.subject must be a string, if given`);
    return [granted, subject];
  };
  const documentsOf = (place, documents) => {
    const { texts, refused } = read(place, documents);
    if (refused === undefined) return texts;
    const [{ input, message }] = refused.violations;
    throw new TypeError(`${place}: ${input} is no JSON: ${message}`);
  };
  const finish = (operation, texts, options, documents) =>
    resultOf(instance.answer(operation, undefined, texts, 0, asTexts),
      parse(givenOptions(options, name(operation))), documents);
  const required = (place, member, value) => {
    if (value === undefined) throw new TypeError(`${place}: ${member} must not be undefined`);
  };

  return {
    updateUser(request, options) {
      const place = begin('updateUser', request, { userId: 'string', table: TABLE });
      required(place, 'body', request.body);
      const texts = documentsOf(place, { stored: request.stored, body: request.body });
      const by = asker(place, request.token);
      return finish('updateUser', [texts.stored, texts.body, request.userId, ...by, request.table], options, texts);
    },

    createUser(request, options) {
      const place = begin('createUser', request, { userId: 'string', table: TABLE });
      required(place, 'body', request.body);
      const texts = documentsOf(place, { body: request.body });
      return finish('createUser', [texts.body, request.userId, ...asker(place, request.token), request.table], options, texts);
    },

    viewUser(request, options) {
      const place = begin('viewUser', request, {
        userId: 'string', table: TABLE, fields: 'array of strings, if given', includeFields: 'boolean, if given',
      });
      const texts = documentsOf(place, { stored: request.stored });
      const which = request.includeFields === false ? 'except' : 'only';
      const asked = [request.userId, ...asker(place, request.token), request.table, which, ...request.fields ?? []];
      return finish('viewUser', [texts.stored, ...asked], options, texts);
    },

    signup(request, options) {
      const place = begin('signup', request, { userId: 'string' });
      required(place, 'body', request.body);
      const texts = documentsOf(place, { body: request.body });
      return finish('signup', [texts.body, request.userId], options, texts);
    },

    authorize(request) {
      const place = begin('authorize', request, { operation: 'string', userId: 'string, if given', table: TABLE });
      const texts = documentsOf(place, { body: request.body, stored: request.stored });
      const [scopes, subject] = asker(place, request.token);
      const asked = [request.operation, scopes ?? '', subject, request.table, request.userId];
      return finish('authorize', [...asked, texts.body, texts.stored], {}, texts);
    },

    userinfo(request, options) {
      const place = begin('userinfo', request, {});
      const [scopes] = asker(place, { scopes: request.scopes ?? '' });
      const texts = documentsOf(place, { user: request.user, claims: request.claims });
      return finish('userinfo', [texts.user, texts.claims, scopes], options, texts);
    },

    lockSignup(request, options) {
      const place = begin('lockSignup', request, {});
      const texts = documentsOf(place, { fields: request.fields, values: request.values, form: request.form });
      return finish('lockSignup', [texts.fields, texts.values, texts.form], options, texts);
    },
  };
}

export const requestFunctions = instance => inBothForms(instance, requestFunctionsOf);
