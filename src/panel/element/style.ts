/** Themable by custom properties; light and dark follow the page, or the `theme` attribute. */
export const style = `
:host {
  --accent: var(--flavor-license-accent, light-dark(#1d4ed8, #9db8ff));
  --on-accent: var(--flavor-license-on-accent, light-dark(#ffffff, #0b1220));
  --surface: var(--flavor-license-surface, light-dark(#ffffff, #161b26));
  --text: var(--flavor-license-text, light-dark(#1b2130, #e8ecf4));
  --muted: var(--flavor-license-muted, light-dark(#535d72, #aab4c8));
  --line: var(--flavor-license-line, light-dark(#7c869b, #7d89a3));
  --good: var(--flavor-license-good, light-dark(#166534, #86efac));
  --warning: var(--flavor-license-warning, light-dark(#854d0e, #fcd34d));
  --bad: var(--flavor-license-bad, light-dark(#b91c1c, #fca5a5));
  --hairline: 1px solid color-mix(in srgb, var(--line) 35%, var(--surface));
  --tone: var(--muted);
  color-scheme: light dark;
  display: block;
  container-type: inline-size;
  color: var(--text);
  background: var(--surface);
  border: var(--hairline);
  border-radius: var(--flavor-license-radius, 0.75rem);
  font: 1rem / 1.5 var(--flavor-license-font, system-ui, sans-serif);
}
:host([hidden]), [hidden] { display: none }
:host([theme='light']) { color-scheme: light }
:host([theme='dark']) { color-scheme: dark }
.panel { overflow-wrap: anywhere }
.section { padding: clamp(1rem, 5cqi, 1.75rem) }
.section + .section { border-top: var(--hairline) }
h2, h3 { font-size: 1.375rem; font-weight: 650; line-height: 1.3; margin: 0 }
h3 { font-size: 1.0625rem }
p { margin: 0.25rem 0 0 }
.hint, dt { color: var(--muted); font-size: 0.9375rem }

.licensed, .good { --tone: var(--good) }
.grace { --tone: var(--warning) }
.unlicensed, .bad { --tone: var(--bad) }
.none { --tone: var(--accent) }
.status { display: flex; gap: 1rem }
.icon {
  flex: none; width: 2.75rem; height: 2.75rem; border: 2px solid var(--tone); border-radius: 50%;
  display: grid; place-items: center; box-sizing: border-box; font: 700 1.375rem/1 system-ui, sans-serif; color: var(--tone);
  background: color-mix(in srgb, var(--tone) 10%, var(--surface));
}
.icon::before { content: '?' / '' }
.licensed .icon::before { content: '✓' / '' }
.grace .icon::before { content: '!' / '' }
.unlicensed .icon::before { content: '×' / '' }
.none .icon::before { content: '+' / '' }

dl { margin: 1.25rem 0 0; border-top: var(--hairline) }
dl > div { display: grid; grid-template-columns: minmax(9rem, 30%) 1fr; gap: 0 1rem; padding: 0.5rem 0; border-bottom: var(--hairline) }
dl > div:last-child { border-bottom: none; padding-bottom: 0 }
dd { margin: 0 }

form { margin-top: 1.25rem }
label { display: block; font-weight: 600 }
input {
  box-sizing: border-box; width: 100%; margin-top: 0.375rem; padding: 0.7rem 0.875rem;
  font: 1.0625rem ui-monospace, monospace; letter-spacing: 0.04em;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem;
}
input::placeholder { color: var(--muted); opacity: 1 }
input[aria-invalid='true'] { border-color: var(--bad) }
.remark { color: var(--tone); font-size: 0.9375rem; font-weight: 600 }
.remark:not(.bad) { --tone: var(--good) }

button, a.button {
  font: inherit; font-weight: 600; line-height: 1.25; padding: 0.625rem 1rem; border-radius: 0.5rem; cursor: pointer;
  color: var(--text); background: transparent; border: 1px solid var(--line); text-decoration: none;
  display: inline-block; box-sizing: border-box; text-align: center;
}
button:hover, a.button:hover { background: color-mix(in srgb, var(--text) 8%, transparent) }
.primary, a.button { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
.primary:hover, a.button:hover { background: color-mix(in srgb, var(--accent) 85%, var(--text)) }
.quiet { border-color: transparent; color: var(--accent); padding-inline: 0.5rem }
button[aria-disabled] { cursor: progress; opacity: 0.55 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
h2:focus, h3:focus { outline: none }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.625rem; margin-top: 1.25rem }
.split { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.625rem 1rem }
.split > div { flex: 1 1 12rem }

.notice, .card { margin-top: 1.25rem; padding: 0.75rem 1rem; border-radius: 0.5rem }
.notice { border-inline-start: 4px solid var(--tone); background: color-mix(in srgb, var(--tone) 9%, var(--surface)) }
.neutral { border: none; padding: 0; background: none; color: var(--muted) }
.notice .button { margin-top: 0.75rem }
.card { border: var(--hairline) }
.offer > p { margin-top: 0.75rem }
.meter { margin-top: 0.75rem }
progress { appearance: none; display: block; width: 100%; height: 0.5rem; margin-bottom: 0.5rem; border: none; border-radius: 99px; overflow: hidden; background: color-mix(in srgb, var(--line) 30%, var(--surface)) }
::-webkit-progress-bar { background: none }
::-webkit-progress-value { background: var(--accent); border-radius: 99px }
::-moz-progress-bar { background: var(--accent); border-radius: 99px }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.changelog { margin-top: 0.5rem }
.item { padding-inline-start: 1.25rem; position: relative }
.item::before { content: '•' / ''; position: absolute; inset-inline-start: 0.375rem }

ul { list-style: none; margin: 1rem 0 0; padding: 0 }
ul:empty { display: none }
li { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; padding: 0.75rem 0; border-top: var(--hairline) }
li:last-child { padding-bottom: 0 }
li > div:first-child { flex: 1 1 12rem }
li .actions { margin: 0; gap: 0.25rem }
li .actions:empty { display: none }

details > :not(summary) { margin-top: 0.75rem }
.card details { margin-top: 0.75rem }
summary { cursor: pointer; font-weight: 600; border-radius: 0.25rem }
pre, code { font: 0.8125rem/1.5 ui-monospace, monospace }
pre { max-height: 18rem; overflow: auto; padding: 0.75rem; border: var(--hairline); border-radius: 0.5rem; white-space: pre-wrap; text-align: left }

dialog {
  box-sizing: border-box; width: min(26rem, calc(100vw - 2rem)); padding: 1.5rem; border: var(--hairline); border-radius: 0.75rem;
  color: var(--text); background: var(--surface); box-shadow: 0 1rem 3rem #0006;
}
dialog::backdrop { background: #0b122099 }
dialog p { margin-top: 0.5rem }
dialog .actions { justify-content: flex-end }
.danger { --on-accent: light-dark(#ffffff, #1b0b0b); --accent: var(--bad) }

@container (max-width: 26rem) {
  dl > div { grid-template-columns: 1fr }
  .section > * > .actions > *, form > .actions > *, .section > .split > button, .card .split > button { flex: 1 1 100% }
}
@media (forced-colors: active) {
  .icon, .notice, .quiet { border-color: CanvasText }
  progress { border: 1px solid CanvasText }
  ::-webkit-progress-value { background: Highlight; forced-color-adjust: none }
  button[aria-disabled] { color: GrayText; border-color: GrayText; opacity: 1 }
}
@media (prefers-reduced-motion: no-preference) { button, a.button { transition: background-color 0.15s } }
`
