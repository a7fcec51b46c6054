/** Themable by custom properties; light and dark follow the page, or the `theme` attribute. */
export const style = `
:host {
  --accent: var(--flavor-license-accent, light-dark(#1d4ed8, #93b4ff));
  --on-accent: var(--flavor-license-on-accent, light-dark(#ffffff, #0b1220));
  --surface: var(--flavor-license-surface, light-dark(#ffffff, #161b26));
  --text: var(--flavor-license-text, light-dark(#1b2130, #e8ecf4));
  --muted: var(--flavor-license-muted, light-dark(#566075, #aab4c8));
  --line: var(--flavor-license-line, light-dark(#8b94a7, #6b7690));
  --good: var(--flavor-license-good, light-dark(#166534, #86efac));
  --warning: var(--flavor-license-warning, light-dark(#854d0e, #fcd34d));
  --bad: var(--flavor-license-bad, light-dark(#b91c1c, #fca5a5));
  color-scheme: light dark;
  display: block;
  container-type: inline-size;
  color: var(--text);
  background: var(--surface);
  border: 1px solid color-mix(in srgb, var(--line) 50%, transparent);
  border-radius: var(--flavor-license-radius, 0.75rem);
  font: 1rem / 1.5 var(--flavor-license-font, system-ui, sans-serif);
}
:host([hidden]) { display: none }
:host([theme='light']) { color-scheme: light }
:host([theme='dark']) { color-scheme: dark }
.panel { padding: clamp(1rem, 4cqi, 1.75rem); overflow-wrap: anywhere }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 0.5rem }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem }
p { margin: 0.5rem 0 }
.badge { display: inline-block; border: 1px solid; border-radius: 99px; padding: 0.1rem 0.75rem; font-weight: 600; font-size: 0.875rem }
.badge::before { content: '●'; margin-inline-end: 0.4em; font-size: 0.7em; vertical-align: 0.15em }
.licensed { color: var(--good) }
.grace { color: var(--warning) }
.unlicensed { color: var(--bad) }
.unknown, .hint, dt { color: var(--muted) }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: 0.25rem 1rem; margin: 1rem 0 }
dd { margin: 0 }
label { display: block; font-weight: 600; margin-top: 1rem }
input {
  box-sizing: border-box; width: 100%; margin-top: 0.25rem; padding: 0.6rem 0.75rem;
  font: inherit; font-family: ui-monospace, monospace; letter-spacing: 0.02em;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem;
}
input::placeholder { color: var(--muted); opacity: 1 }
input[aria-invalid='true'] { border-color: var(--bad) }
button, a.button {
  font: inherit; font-weight: 600; padding: 0.5rem 1rem; border-radius: 0.5rem; cursor: pointer;
  color: var(--text); background: transparent; border: 1px solid var(--line);
  text-decoration: none; display: inline-block;
}
button.primary, a.button { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
button[aria-disabled='true'] { cursor: progress; filter: saturate(0.4) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
h2:focus-visible { outline: none }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem }
.result { border-inline-start: 4px solid currentColor; padding-inline-start: 0.75rem; margin: 1rem 0 }
.result:empty { display: none }
.question { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem 1rem; margin-top: 1rem }
details { margin-top: 1.5rem }
summary { cursor: pointer; font-weight: 600 }
pre { max-height: 20rem; overflow: auto; font-size: 0.8rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; white-space: pre-wrap; direction: ltr; text-align: left }
progress { width: 100%; accent-color: var(--accent) }
ul { list-style: none; margin: 0; padding: 0 }
li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; padding: 0.5rem 0; border-bottom: 1px solid color-mix(in srgb, var(--line) 40%, transparent) }
@container (max-width: 24rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: 0.5rem } .actions > * { flex: 1 1 100%; text-align: center } }
@media (prefers-reduced-motion: no-preference) { button { transition: filter 0.15s } }
`
