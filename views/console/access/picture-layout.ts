// Where the nodes and edges of a picture of access go. Layers are fixed, so this is no general graph layout: each person, group and
// role has a band of its own with its policies and their statements, one below the other. An edge changes its height only right
// after its source, where no node is, and then runs level in the band of its target, so no edge passes through a node. (A library
// such as dagre or elkjs orders layers to have few crossings, but routes the long edges from person to policy between the nodes of
// other bands, and weighs more than all pages together.)

/** 0 person, 1 groups, 2 roles, 3 policies, 4 statements. */
export type Column = 0 | 1 | 2 | 3 | 4

export interface LayoutNode {
  readonly id: string
  readonly column: Column
  /** Lines of text in it, at least one. */
  readonly lines: number
}

export interface LayoutEdge {
  readonly from: string
  readonly to: string
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Line {
  /** An SVG path. */
  readonly path: string
  /** Where it ends: the middle of the left side of its target. */
  readonly x: number
  readonly y: number
  /** The level part that precedes the end. */
  readonly level: number
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>
  /** In the order of the edges. */
  readonly lines: readonly Line[]
  /** Left sides of the columns that have nodes. */
  readonly columns: ReadonlyMap<Column, Pick<Box, 'x' | 'width'>>
  readonly width: number
  readonly height: number
}

/** Of each column. */
export const widths = [128, 128, 152, 168, 260] as const
const gutter = 46
/** Without groups the edges to roles need room for what they say. */
const wideGutter = 150
const headerHeight = 34
const between = 10
const betweenBands = 14
const lineHeight = 17
const padding = 15

export const heightOf = (lines: number): number => lines * lineHeight + padding

function columnsOf(nodes: readonly LayoutNode[]): Map<Column, Pick<Box, 'x' | 'width'>> {
  const columns = new Map<Column, Pick<Box, 'x' | 'width'>>()
  let x = 1
  for (const column of [0, 1, 2, 3, 4] as const) {
    if (!nodes.some((node) => node.column === column)) {
      if (column === 1 && nodes.some((node) => node.column === 2)) x += wideGutter - gutter
      continue
    }
    columns.set(column, { x, width: widths[column] })
    x += widths[column] + gutter
  }
  return columns
}

class Bands {
  readonly places = new Map<string, { readonly y: number; readonly height: number }>()
  readonly #children: ReadonlyMap<string, readonly LayoutNode[]>
  #y = headerHeight

  constructor(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]) {
    const byId = new Map(nodes.map((node) => [node.id, node]))
    const children = new Map<string, LayoutNode[]>()
    for (const { from, to } of edges) {
      const node = byId.get(to)
      if (node !== undefined) children.set(from, [...(children.get(from) ?? []), node])
    }
    this.#children = children
  }

  get end(): number {
    return this.#y
  }

  /** The children of a later column than `column` that have no place yet. */
  #open(id: string, column: number): readonly LayoutNode[] {
    const found = (this.#children.get(id) ?? []).filter(
      (node) => node.column > column && !this.places.has(node.id),
    )
    return [...new Map(found.map((node) => [node.id, node])).values()]
  }

  /** One person, group or role, with what only it has so far. */
  band(bearer: LayoutNode, own: boolean): void {
    const from = this.#y
    for (const policy of this.#open(bearer.id, 2)) {
      const start = this.#y
      for (const statement of this.#open(policy.id, policy.column)) this.#row(statement)
      this.#center(policy, start)
    }
    if (own) this.#center(bearer, from)
    if (this.#y > from) this.#y += betweenBands
  }

  #row(node: LayoutNode): void {
    const height = heightOf(node.lines)
    this.places.set(node.id, { y: this.#y, height })
    this.#y += height + between
  }

  /** Beside what was placed since `from`, or in a row of its own. */
  #center(node: LayoutNode, from: number): void {
    const height = heightOf(node.lines)
    const used = this.#y - between - from
    const y = used > height ? from + (used - height) / 2 : from
    this.places.set(node.id, { y, height })
    this.#y = Math.max(this.#y, from + height + between)
  }
}

/** One below the other: no other node is in their column. @returns where they end */
function stack({ places }: Bands, nodes: readonly LayoutNode[]): number {
  let y = headerHeight
  for (const { id, lines } of nodes) {
    const height = heightOf(lines)
    places.set(id, { y, height })
    y += height + between
  }
  return y - between
}

/** The person is beside the first screen of a long picture. */
const lowestPerson = 260

/**
 * @param nodes in the order in which they are to be drawn, what the picture is of first; other nodes of column 0 lead to it
 */
export function layoutOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const columns = columnsOf(nodes)
  const bands = new Bands(nodes, edges)
  const [person] = nodes
  if (person !== undefined) bands.band(person, false)
  for (const node of nodes)
    if (node !== person && (node.column === 1 || node.column === 2)) bands.band(node, true)
  const leading = nodes.filter((node) => node !== person && node.column === 0)
  const end = stack(bands, leading)
  // What hangs on nothing that is drawn would have no place.
  for (const node of nodes) if (node !== person && !bands.places.has(node.id)) bands.band(node, true)
  const height =
    Math.max(bands.end - betweenBands - between, end, headerHeight + heightOf(person?.lines ?? 1)) + 2
  if (person !== undefined) {
    const size = heightOf(person.lines)
    const middle = headerHeight + (height - headerHeight - size) / 2
    bands.places.set(person.id, { y: Math.max(headerHeight, Math.min(middle, lowestPerson)), height: size })
  }
  const boxes = new Map<string, Box>()
  for (const node of nodes) {
    const place = bands.places.get(node.id)
    const column = columns.get(node.column)
    if (place !== undefined && column !== undefined) boxes.set(node.id, { ...column, ...place })
  }
  const last = [...columns.values()].at(-1)
  return {
    boxes,
    lines: edges.map((edge) => lineOf(edge, boxes)),
    columns,
    width: Math.round((last === undefined ? 0 : last.x + last.width) + 1),
    height: Math.round(height),
  }
}

const middleOf = ({ y, height }: Box): number => Math.round(y + height / 2)

function lineOf({ from, to }: LayoutEdge, boxes: ReadonlyMap<string, Box>): Line {
  const [source, target] = [boxes.get(from), boxes.get(to)]
  if (source === undefined || target === undefined) return { path: '', x: 0, y: 0, level: 0 }
  const [x1, y1, x2, y2] = [source.x + source.width, middleOf(source), target.x, middleOf(target)]
  const bend = x1 + gutter - 8
  const half = x1 + (gutter - 8) / 2
  return {
    path: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${bend} ${y2}H${x2}`,
    x: x2,
    y: y2,
    level: x2 - bend,
  }
}
