// SPDX-License-Identifier: BSL-1.0
// Runs Rules and post-login Actions for metapatch-server, one login at a time: node --eval THIS -- RULES ACTIONS
// It is asked, and answers, by lines of JSON on descriptor 3. A folder that is "" has no scripts.
'use strict';
const fs = require('fs');
const net = require('net');
const path = require('path');
const util = require('util');
const vm = require('vm');
const { createRequire } = require('module');
const { Worker } = require('worker_threads');

// A script in an endless loop hears nothing, and would outlive a server that is killed.
new Worker(`const parent = process.ppid;
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 500)`, { eval: true }).unref();

const channel = new net.Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(JSON.stringify(message) + '\n');

for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn'])
  console[level] = (...what) => say({ log: util.format(...what) });

class UnauthorizedError extends Error {
  name = 'UnauthorizedError';
}

/// A script as a module of CommonJS: runs it each time, and gives what it exports.
/// @param head    stands before it, in its first line
/// @param around  names that it knows besides, whose values come when it runs
function compiled(file, head, around) {
  const names = ['exports', 'require', 'module', '__filename', '__dirname', ...around];
  const run = vm.compileFunction(head + fs.readFileSync(file, 'utf8'), names, {
    filename: file,
    columnOffset: -head.length,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return (...values) => {
    const module = { exports: {} };
    run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file), ...values);
    return module.exports;
  };
}

/// The scripts of a folder, in the order of their names; what is wrong with one is told with its name and line.
function loadAll(folder, loadOne) {
  if (!folder)
    return [];
  return fs.readdirSync(folder).filter((name) => name.endsWith('.js')).sort().map((name) => {
    try {
      return { name, run: loadOne(path.join(folder, name)) };
    } catch (error) {
      const line = /^[^\n]*:(\d+)\n/.exec(error?.stack)?.[1];
      throw new Error(`${path.join(folder, name)}${line ? ':' + line : ''}: ${textOf(error)}`);
    }
  });
}

/// The object of strings that a folder gives to its scripts.
function valuesIn(folder, name) {
  const file = path.join(folder, name);
  if (!folder || !fs.existsSync(file))
    return {};
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${textOf(error)}`);
  }
}

const plain = (value) => JSON.parse(JSON.stringify(value));
const textOf = (error) => String(error?.message ?? error).split('\n')[0];

function kindOf(value, kind, what) {
  if (typeof value !== kind)
    throw new Error(`${what} is no ${kind}`);
  return value;
}

/// What goes wrong outside of what a login waits for, goes wrong with the login.
let fail = (error) => console.error(error);
process.on('uncaughtException', (error) => fail(error));
process.on('unhandledRejection', (error) => fail(error));

// Rules

const answers = new Map(); // what becomes of a call, once the server answers it
let lastCall = 0;

/// What Rules of one login know as `auth0`.
function managementOf(login) {
  const update = (field) => (userId, metadata, callback) => {
    const answer = new Promise((resolve, reject) => {
      if (!login.runs)
        throw new Error('the login is over');
      const body = JSON.stringify({ [field]: metadata });
      answers.set(++lastCall, { login, resolve, reject });
      login.calls += 1;
      say({ call: lastCall, user_id: String(userId), body });
    });
    if (typeof callback === 'function')
      answer.then((user) => callback(null, user), callback);
    return answer;
  };
  return {
    ...login.tenant,
    users: { updateUserMetadata: update('user_metadata'), updateAppMetadata: update('app_metadata') },
  };
}

function answered({ call, user, refused }) {
  const { login, resolve, reject } = answers.get(call);
  answers.delete(call);
  login.calls -= 1;
  if (user)
    resolve(user);
  else
    reject(Object.assign(new Error(refused.message), { name: refused.error, ...refused }));
  if (login.calls === 0)
    setImmediate(() => login.answered?.()); // after what the answer has led to
}

const callRule = (rule, user, context) => new Promise((resolve, reject) => {
  fail = reject;
  const callback = (error, changed, around) => error ? reject(error) : resolve([changed ?? user, around ?? context]);
  Promise.resolve(rule(user, context, callback)).catch(reject);
});

/// What a Rule has not waited for, ends before the login does.
const callsAreAnswered = (login) => new Promise((resolve, reject) => {
  fail = reject;
  login.answered = () => login.calls === 0 && resolve();
  setImmediate(login.answered);
});

async function runRules({ user, context, tenant }) {
  const login = { tenant, runs: true, calls: 0 };
  let name;
  try {
    for (const rule of rules) {
      name = rule.name;
      [user, context] = await callRule(rule.run(managementOf(login)), user, context);
    }
    await callsAreAnswered(login);
    return { done: plain({ id_token: context.idToken ?? {}, access_token: context.accessToken ?? {} }) };
  } catch (error) {
    return failure('Rule', name, error);
  } finally {
    login.runs = false;
  }
}

// Actions

/// What is not here says so when it is called.
const missing = (where, has) => new Proxy(has, {
  get: (of, name) => name in of || typeof name === 'symbol' || ['then', 'toJSON'].includes(name) ? of[name]
    : where === 'api' ? missing(`api.${name}`, {})
    : () => { throw new Error(`${where}.${name} is not known to this server`); },
});

/// What Actions know as `api`, and what they do with it.
function apiOf(effects) {
  const set = (field) => (key, value) => {
    kindOf(key, 'string', 'the key of metadata');
    const text = JSON.stringify(value);
    if (text === undefined)
      throw new Error(`the value of ${field}.${key} is no JSON`);
    effects.metadata.push([field, key, text]);
    return api;
  };
  const claim = (token) => (name, value) => {
    kindOf(name, 'string', 'the name of a claim');
    if (value !== undefined)
      effects[token][name] = plain(value);
    return api;
  };
  const api = missing('api', {
    access: missing('api.access', { deny: (reason) => { effects.denied = String(reason ?? ''); return api; } }),
    accessToken: missing('api.accessToken', { setCustomClaim: claim('access_token') }),
    idToken: missing('api.idToken', { setCustomClaim: claim('id_token') }),
    user: missing('api.user', { setUserMetadata: set('user_metadata'), setAppMetadata: set('app_metadata') }),
  });
  return api;
}

async function runAction({ number, event }) {
  const { name, run } = actions[number];
  const effects = { metadata: [], id_token: {}, access_token: {} };
  try {
    await new Promise((resolve, reject) => {
      fail = reject;
      Promise.resolve(run({ ...event, secrets, configuration: {} }, apiOf(effects))).then(resolve, reject);
    });
    await new Promise((resolve, reject) => {
      fail = reject;
      setImmediate(resolve); // after rejections that nobody handles
    });
    return { done: effects };
  } catch (error) {
    return failure('Action', name, error);
  }
}

function failure(kind, name, error) {
  const denied = error instanceof UnauthorizedError;
  return { failed: { denied, message: denied ? error.message : `The ${kind} ${name} failed: ${textOf(error)}` } };
}

// The conversation

async function answer(line) {
  const asked = JSON.parse(line);
  if (asked.call !== undefined)
    return answered(asked);
  const told = asked.rules ? await runRules(asked.rules) : await runAction(asked.action);
  fail = (error) => console.error(error);
  say(told);
}

let parts = [];
channel.setEncoding('utf8').on('data', (text) => {
  const [end, ...lines] = text.split('\n');
  parts.push(end);
  for (const line of lines) {
    answer(parts.join(''));
    parts = [line];
  }
});
channel.on('close', () => process.exit()).on('error', () => process.exit());

const [rulesFolder, actionsFolder] = process.argv.slice(1).map((folder) => folder && path.resolve(folder));
let rules, actions, secrets;
try {
  const configuration = valuesIn(rulesFolder, 'configuration.json');
  // Evaluated for each login: what a Rule knows as `auth0` is of that login.
  rules = loadAll(rulesFolder, (file) => {
    const run = compiled(file, 'module.exports = ', ['auth0', 'configuration', 'UnauthorizedError']);
    const ruleOf = (auth0) => run(auth0, configuration, UnauthorizedError);
    kindOf(ruleOf({}), 'function', 'the Rule');
    return ruleOf;
  });
  secrets = valuesIn(actionsFolder, 'secrets.json');
  actions = loadAll(actionsFolder, (file) =>
    kindOf(compiled(file, '', [])().onExecutePostLogin, 'function', 'exports.onExecutePostLogin'));
  say({ ready: { rules: rules.length, actions: actions.length } });
} catch (error) {
  say({ fault: textOf(error) });
}
