// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_PAGE_PARTS_HPP
#define METAPATCH_RUNNER_PAGE_PARTS_HPP

/// What the HTML report holds besides results. Nothing of it is loaded from elsewhere.
namespace metapatch::conformance::page {

inline constexpr char const* style = R"(
:root { color-scheme: light dark; --ink: #1c1e21; --paper: #fff; --soft: #f3f4f6; --line: #c9cdd3; --quiet: #555b65;
  --good: #116329; --bad: #a40e26; --odd: #7a4d00; --added: #dafbe1; --gone: #ffebe9; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #16181c; --soft: #22252b; --line: #454b55;
  --quiet: #a9b0bb; --good: #6fdc8c; --bad: #ff9a9a; --odd: #f2c26b; --added: #12351f;
  --gone: #4a1d20; --link: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.scrolls { overflow-x: auto; } .scrolls:focus-visible, button:focus-visible, select:focus-visible, input:focus-visible,
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: .4rem; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; }
td.count { text-align: right; white-space: nowrap; }
td small { color: var(--quiet); font-weight: 400; } thead th, tr.sum th { background: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
.odd { color: var(--odd); font-weight: 600; }
.quiet { color: var(--quiet); }
td button { font: inherit; color: inherit; background: none; border: 0; padding: 0;
  text-decoration: underline; cursor: pointer; }
form { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; background: var(--soft); padding: .75rem;
  border: 1px solid var(--line); border-radius: .4rem; }
label { display: grid; gap: .15rem; font-size: .875rem; }
select, input, form button { max-width: 100%; font: inherit; color: var(--ink); background: var(--paper);
  border: 1px solid var(--quiet); border-radius: .3rem; padding: .25rem .5rem; }
article { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0; padding: .75rem; }
article > p { margin: .25rem 0; } .brief h3 { display: inline; } .brief { padding: .35rem .75rem; margin: .35rem 0; }
article ul { margin: .25rem 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .75rem; margin: .5rem 0; }
dt { color: var(--quiet); } dd { margin: 0; } dd, li { overflow-wrap: anywhere; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere;
  white-space: pre-wrap; }
pre { background: var(--soft); padding: .5rem; margin: .5rem 0 0; } pre > * { display: block; text-decoration: none; }
del { background: var(--gone); } ins { background: var(--added); } a { color: var(--link); }
[hidden] { display: none !important; }
)";

/// Filters by hiding. Without it everything is shown.
inline constexpr char const* script = R"(
'use strict';
const form = document.querySelector('form');
const fields = ['implementation', 'profile', 'level', 'op', 'status'];
const show = () => {
  const text = form.elements.text.value.toLowerCase();
  let shown = 0;
  for (const each of document.querySelectorAll('[data-case]')) {
    const fits = fields.every(name => !form.elements[name].value || each.dataset[name] === form.elements[name].value)
      && (!text || each.textContent.toLowerCase().includes(text));
    each.hidden = !fits;
    shown += fits;
  }
  for (const row of document.querySelectorAll('tr[data-profile]'))
    row.hidden = ['implementation', 'profile'].some(name =>
      form.elements[name].value && row.dataset[name] && row.dataset[name] !== form.elements[name].value);
  document.querySelector('output').textContent = shown === 1 ? '1 case is shown' : shown + ' cases are shown';
};
form.hidden = false;
form.addEventListener('input', show);
form.addEventListener('reset', () => setTimeout(show));
form.addEventListener('submit', event => event.preventDefault());
for (const button of document.querySelectorAll('td button'))
  button.addEventListener('click', () => {
    form.reset();
    for (const name of ['implementation', 'profile', 'level'])
      form.elements[name].value = button.dataset[name] ?? '';
    show();
    document.getElementById('cases').scrollIntoView();
    document.getElementById('cases').focus();
  });
for (const button of document.querySelectorAll('td button')) button.disabled = false;
show();
)";

} // namespace metapatch::conformance::page

#endif
