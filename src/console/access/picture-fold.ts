// Selects the nodes of a picture that are drawn. Of many groups, roles, policies or statements only a few are, those that take part
// in the answer first; the others are one node with their count, which can be unfolded. The number of nodes is bounded, whatever the
// account has.
import type { AccessEdge, AccessNode, AccessPicture } from '../../iam/access/drawing.ts'

/** Nodes that one page draws, and how many of one parent when they are unfolded. */
const most = { nodes: 120, unfolded: 60 } as const

/** `who`: those who lead to what the picture is of. */
type Family = 'groups' | 'roles' | 'policies' | 'limits' | 'statements' | 'who'

const families = {
  member: 'groups',
  trust: 'roles',
  holds: 'policies',
  limits: 'limits',
  allow: 'statements',
  deny: 'statements',
} as const satisfies Record<AccessEdge['kind'], Family>

/** How many are drawn before they are unfolded: without a question, and beside what answers one. */
const few: Readonly<Record<Family, readonly [whole: number, asked: number]>> = {
  groups: [6, 2],
  roles: [6, 2],
  policies: [5, 1],
  limits: [4, 4],
  statements: [3, 1],
  who: [6, 6],
}

/** Nodes that are not drawn. */
export interface FoldedNode {
  readonly kind: 'more'
  readonly id: string
  readonly family: Family
  /** Undefined: nobody counted them. */
  readonly count: number | undefined
  /** What `open` must have to unfold them; undefined: there are too many to draw. */
  readonly open: string | undefined
}

export interface FoldedPicture {
  /** What the picture is of first, then in the order of the drawing. */
  readonly nodes: readonly (AccessNode | FoldedNode)[]
  readonly edges: readonly (
    | AccessEdge
    | { readonly from: string; readonly to: string; readonly kind: 'more' }
  )[]
}

export const openKey = (parent: string, family: Family): string => `${family} ${parent}`

const hasPart = ({ kind, onWay, cut, blocked, unmet }: AccessEdge): boolean =>
  onWay || cut || blocked || (unmet && kind !== 'deny')

/**
 * @param open what is unfolded
 * @param further roles in reach that the picture does not have
 * @param furtherWho of those who lead to what the picture is of, how many it does not have
 */
export function fold(
  picture: AccessPicture,
  open: ReadonlySet<string>,
  further: number,
  furtherWho: number | 'some' = 0,
): FoldedPicture {
  return new Folding(picture, open, further).folded(furtherWho)
}

class Folding {
  readonly #byId: ReadonlyMap<string, AccessNode>
  readonly #children = new Map<string, AccessEdge[]>()
  /** By node: whether an edge further on has a part in the answer. */
  readonly #leading = new Map<string, boolean>()
  readonly #open: ReadonlySet<string>
  readonly #further: number
  readonly #asked: 0 | 1
  readonly #start: string | undefined
  readonly #nodes = new Map<string, AccessNode | FoldedNode>()
  readonly #edges: FoldedPicture['edges'][number][] = []

  constructor({ nodes, edges, ways }: AccessPicture, open: ReadonlySet<string>, further: number) {
    this.#byId = new Map(nodes.map((node) => [node.id, node]))
    for (const edge of edges) this.#children.set(edge.from, [...(this.#children.get(edge.from) ?? []), edge])
    this.#open = open
    this.#further = further
    this.#asked = ways.length > 0 ? 1 : 0
    this.#start = nodes[0]?.id
  }

  folded(furtherWho: number | 'some'): FoldedPicture {
    if (this.#start !== undefined) {
      this.#visit(this.#start)
      this.#who(this.#start, furtherWho)
    }
    return { nodes: [...this.#nodes.values()], edges: this.#edges }
  }

  #who(start: string, further: number | 'some'): void {
    const all = [...this.#children.values()].flat().filter(({ to }) => to === start)
    const key = openKey(start, 'who')
    const isOpen = this.#open.has(key)
    const shown = all.slice(0, isOpen ? most.unfolded : few.who[this.#asked])
    for (const edge of shown) {
      const node = this.#byId.get(edge.from)
      if (node !== undefined) this.#nodes.set(edge.from, node)
      this.#edges.push(edge)
    }
    const count = further === 'some' ? undefined : all.length - shown.length + further
    if (count === 0) return
    const id = `more ${key}`
    this.#nodes.set(id, { kind: 'more', id, family: 'who', count, open: isOpen ? undefined : key })
    this.#edges.push({ from: id, to: start, kind: 'more' })
  }

  #visit(id: string): void {
    const node = this.#byId.get(id)
    if (node === undefined || this.#nodes.has(id)) return
    this.#nodes.set(id, node)
    const children = this.#children.get(id) ?? []
    for (const family of ['policies', 'limits', 'statements', 'groups', 'roles'] as const) {
      const all = children.filter(({ kind }) => families[kind] === family)
      this.#family(id, family, all, family === 'roles' && id === this.#start ? this.#further : 0)
    }
  }

  /** Whether the edge, or one further on, has a part in the answer. */
  #leads(edge: AccessEdge): boolean {
    const known = this.#leading.get(edge.to)
    if (known !== undefined) return known || hasPart(edge)
    const further = (this.#children.get(edge.to) ?? []).some((next) => this.#leads(next))
    this.#leading.set(edge.to, further)
    return further || hasPart(edge)
  }

  #family(id: string, family: Family, all: readonly AccessEdge[], further: number): void {
    if (all.length + further === 0) return
    const key = openKey(id, family)
    const first = [...all.filter(hasPart), ...all.filter((one) => !hasPart(one) && this.#leads(one))]
    const isOpen = this.#open.has(key)
    const wanted = isOpen
      ? most.unfolded
      : Math.min(most.unfolded, Math.max(few[family][this.#asked], first.length))
    // A single remaining node is drawn too: the node with the count would take the same room.
    const fits = wanted + 1 >= all.length && further === 0 ? all.length : Math.min(wanted, all.length)
    const shown =
      this.#nodes.size >= most.nodes
        ? []
        : [...first, ...all.filter((one) => !first.includes(one))].slice(0, fits)
    for (const edge of shown) {
      this.#edges.push(edge)
      this.#visit(edge.to)
    }
    const count = all.length - shown.length + further
    if (count === 0) return
    const to = `more ${key}`
    const unfolds = !isOpen && this.#nodes.size < most.nodes
    this.#nodes.set(to, { kind: 'more', id: to, family, count, open: unfolds ? key : undefined })
    this.#edges.push({ from: id, to, kind: 'more' })
  }
}
