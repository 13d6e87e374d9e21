/** What may stand inside an element. `null` and `false` stand for nothing, so that a view can say `condition && part`. */
export type Child = Node | string | null | false | readonly Child[]
/** Attributes as they are written; `on…` takes a listener; `false` leaves the attribute out, `true` sets it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | ((event: globalThis.Event) => void)>>

const svgSpace = 'http://www.w3.org/2000/svg'

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...nodesOf(children))
  return element
}

/** The nodes and texts of a list of children, in order. */
export const nodesOf = (children: readonly Child[]): readonly (Node | string)[] =>
  children.flatMap((child) => {
    if (child === null || child === false) return []
    return typeof child === 'string' || child instanceof Node ? [child] : nodesOf(child)
  })

/** Makes an element. Text is always text: nothing here parses markup, so no string from the network can become any. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => fill(document.createElement(tag), attributes, children)

const svg = (tag: string, attributes: Attributes, ...children: readonly Element[]): Element =>
  fill(document.createElementNS(svgSpace, tag), attributes, children)

const icon = (...parts: readonly Element[]): Element =>
  svg(
    'svg',
    {
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.9,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    },
    ...parts,
  )

/** A closed lock. */
export const lockIcon = (): Element =>
  icon(svg('rect', { x: 5, y: 11, width: 14, height: 9.5, rx: 1.5 }), svg('path', { d: 'M8 11V8a4 4 0 0 1 8 0v3' }))

/** A mark of attention: an "i" in a ring. */
export const noticeIcon = (): Element =>
  icon(svg('circle', { cx: 12, cy: 12, r: 9 }), svg('path', { d: 'M12 11v5' }), svg('path', { d: 'M12 7.6v.1' }))

/** The movement's mark. */
export const markIcon = (): Element =>
  svg(
    'svg',
    { viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    svg('path', { fill: 'currentColor', d: 'M4 4h24v17.5L16 29 4 21.5z' }),
    svg('path', { class: 'tick', fill: 'none', 'stroke-width': 3, d: 'M10 14.5 14.7 19 23 10' }),
  )

/** Gives a file to the reader; the address is dropped a minute later, when every browser has read it. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = h('a', { href: address, download: name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
