// SPDX-License-Identifier: BSL-1.0
import { load } from 'metapatch';

const say = body => fetch('/', { method: 'POST', body });
const inWorker = () => new Promise((resolve, reject) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});
try {
  const told = [];
  for (const simd of [false, true]) told.push((await load({ simd })).apply('auth0.user_metadata', { a: 1 }, { b: 2 }).value);
  told.push(await inWorker());
  say(JSON.stringify(told));
} catch (error) {
  say(String(error));
}
