type Child = Node | string | null | undefined

type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>

/** An element. Text is text and never markup; a function is a listener; `true` is an attribute without a value. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(attribute, value)
    else if (value === true) element.setAttribute(attribute, '')
    else if (typeof value === 'string') element.setAttribute(attribute, value)
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined))
  return element
}
