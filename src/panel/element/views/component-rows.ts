import type { AvailableComponent, ComponentOnMachine } from '../../../domain/component/component-outcome.js'
import { create } from '../create.js'
import type { PanelContext } from '../panel.js'
import { planName } from '../speech.js'

/** What can be done with a component. */
export interface ComponentTask {
  install(slug: string): void
  rollBack(slug: string, version: string): void
  remove(slug: string): void
}

export interface ComponentRows {
  readonly installed: readonly ComponentOnMachine[]
  readonly catalog: readonly AvailableComponent[]
  readonly tasks: ComponentTask
}

/** A row for each component: first what is installed, then what else there is. */
export function componentRows(
  { speech, nameOf, newestOf }: PanelContext,
  { installed, catalog, tasks }: ComponentRows,
): readonly HTMLElement[] {
  const { label } = speech
  const others = catalog.filter(({ slug }) => !installed.some((component) => component.slug === slug))

  function row(name: string, remark: string, ...buttons: readonly (HTMLElement | null)[]): HTMLElement {
    return create(
      'li',
      {},
      create('div', {}, create('strong', {}, name), create('p', { class: 'hint' }, remark)),
      create('div', { class: 'actions' }, ...buttons),
    )
  }

  function button(name: string, text: string, click: () => void, look?: string): HTMLElement {
    // Read out of its row, "Install" says nothing.
    return create('button', { type: 'button', class: look, 'aria-label': `${text}: ${name}`, click }, text)
  }

  function installedRow({ slug, version, previousVersion, state }: ComponentOnMachine): HTMLElement {
    const name = nameOf(slug)
    const newest = newestOf(slug) ?? version
    const isOld = newest !== version
    const remark =
      state !== 'in-place'
        ? label(`component.${state}`, { version })
        : label(isOld ? 'component.update' : 'component.installed', { version, newest })
    const install = () => tasks.install(slug)
    return row(
      name,
      remark,
      state !== 'in-place'
        ? button(name, label('repair'), install, 'primary')
        : isOld
          ? button(name, label('update'), install, 'primary')
          : null,
      previousVersion === null
        ? null
        : button(
            name,
            label('rollback', { version: previousVersion }),
            () => tasks.rollBack(slug, previousVersion),
            'quiet',
          ),
      button(name, label('remove'), () => tasks.remove(slug), 'quiet'),
    )
  }

  function offeredRow({ slug, name, version, entitled, requiredTier }: AvailableComponent): HTMLElement {
    return entitled
      ? row(
          name,
          label('component.offered', { version }),
          button(name, label('install'), () => tasks.install(slug)),
        )
      : row(name, label('component.tier', { tier: planName(requiredTier) }))
  }

  return [...installed.map(installedRow), ...others.map(offeredRow)]
}
