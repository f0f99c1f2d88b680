// What of a picture is drawn and where: bounded, whatever the account has, nothing over anything else, and the list says what the
// drawing shows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pictureView } from '../../src/console/access/picture.ts'
import { type FoldedPicture, fold, openKey } from '../../src/console/access/picture-fold.ts'
import { groupPicture, policyPicture, rolePicture } from '../../src/iam/access/around-pictures.ts'
import type { AccessEdge, AccessPicture } from '../../src/iam/access/drawing.ts'
import type { WhoFacts } from '../../src/iam/access/facts.ts'
import { accessPicture } from '../../src/iam/access/picture.ts'
import { accessPictureView } from '../../views/console/access/picture.ts'
import { type Column, type LayoutNode, layoutOf } from '../../views/console/access/picture-layout.ts'
import { htmlText, inLanguage } from '../../views/html.ts'
import { translator } from '../../views/language.ts'
import { type World, world } from '../iam/access/random-accounts.ts'
import { isLongForm } from '../support/long-form.ts'

const runs = { numRuns: isLongForm ? 3000 : 200 } as const
const timeout = 120_000

/** Every third path of the cubic curve and the level part, as points. */
function pointsOf(path: string): readonly (readonly [number, number])[] {
  const [, x1, y1, c1, d1, c2, d2, x, y, end] = (
    /^M([\d.]+) ([\d.]+)C([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)H([\d.]+)$/.exec(path) ?? []
  ).map(Number)
  assert.ok(end !== undefined, path)
  const points: (readonly [number, number])[] = []
  for (let t = 0.05; t <= 1; t += 0.05) {
    const at = (a = 0, b = 0, c = 0, d = 0) =>
      (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d
    points.push([at(x1, c1, c2, x), at(y1, d1, d2, y)])
  }
  for (let at = x ?? 0; at < end; at += 4) points.push([at, y ?? 0])
  return points
}

function checkLayout(nodes: readonly LayoutNode[], edges: readonly { from: string; to: string }[]): void {
  const { boxes, lines, width, height } = layoutOf(nodes, edges)
  assert.equal(boxes.size, nodes.length)
  const all = [...boxes].map(([id, box]) => ({ id, ...box }))
  for (const one of all) {
    assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height, one.id)
    for (const other of all)
      if (other.id !== one.id && other.x === one.x)
        assert.ok(
          one.y + one.height < other.y || other.y + other.height < one.y,
          `${one.id} over ${other.id}`,
        )
  }
  for (const [at, { from, to }] of edges.entries())
    for (const [x, y] of pointsOf(lines[at]?.path ?? ''))
      for (const box of all)
        if (box.id !== from && box.id !== to)
          assert.ok(
            x <= box.x || x >= box.x + box.width || y <= box.y || y >= box.y + box.height,
            `${from} → ${to} through ${box.id}`,
          )
}

const columns = {
  person: 0,
  outside: 0,
  group: 1,
  role: 2,
  policy: 3,
  boundary: 3,
  guardrails: 3,
  statement: 4,
  free: 4,
} as const
const families = { who: 0, groups: 1, roles: 2, policies: 3, limits: 3, statements: 4 } as const

const columnOf = (node: FoldedPicture['nodes'][number]): Column => {
  if (node.kind === 'more') return families[node.family]
  return node.kind === 'hidden' ? 4 : columns[node.kind]
}

const drawnOf = ({ nodes }: FoldedPicture): readonly LayoutNode[] =>
  nodes.map((node, at) => ({ id: node.id, column: columnOf(node), lines: 2 + (at % 2) }))

test('no node lies over another, and no line goes through a node', { timeout }, () => {
  fc.assert(
    fc.property(world, fc.boolean(), ({ facts, question }, asked) => {
      const picture = fold(accessPicture(facts, asked ? question : undefined), new Set(), 0)
      checkLayout(drawnOf(picture), picture.edges)
    }),
    runs,
  )
})

test('folding keeps every edge that has a part in the answer, and counts what it leaves out', {
  timeout,
}, () => {
  fc.assert(
    fc.property(world, ({ facts, question }) => {
      const whole = accessPicture(facts, question)
      const folded = fold(whole, new Set(), 7)
      const kept = new Set(folded.edges)
      for (const edge of whole.edges)
        if (edge.onWay || edge.cut) assert.ok(kept.has(edge), JSON.stringify(edge))
      const seen = new Set(folded.nodes.map(({ id }) => id))
      assert.equal(seen.size, folded.nodes.length, 'each node once')
      for (const { from, to } of folded.edges) assert.ok(seen.has(from) && seen.has(to))
      for (const node of folded.nodes)
        if (node.kind === 'more') {
          const parent = folded.edges.find(({ to }) => to === node.id)?.from ?? ''
          assert.ok((node.count ?? 0) > 0)
          assert.equal(node.open, openKey(parent, node.family))
        }
    }),
    runs,
  )
})

/** The three pictures that are not of a person, of a generated account. */
const around = ({ facts, question }: World, asked: boolean, many: number): readonly AccessPicture[] => {
  const { accountId, now, guardrails, groups, roles, rolesHidden } = facts
  const who = Array.from({ length: many }, (_, at): WhoFacts => {
    const kind = (['person', 'group', 'role'] as const)[at % 3] ?? 'person'
    return { kind, id: `who-${at}`, name: `who-${at}`, arn: `arn:aws:iam::${accountId}:x/who-${at}` }
  })
  const common = { accountId, now, who, whoHidden: undefined, guardrails }
  const given = asked ? question : undefined
  const policies = [facts.person, ...groups, ...roles].flatMap((one) => one.policies)
  return [
    ...roles.map((role) => rolePicture({ ...common, role }, given)),
    ...groups.map((group) => groupPicture({ ...common, group, roles, rolesHidden }, given)),
    ...policies.map((policy) => policyPicture({ ...common, policy }, given)),
  ]
}

test('those who lead to a role, a group or a policy stand on its left, and no line goes through a node', {
  timeout,
}, () => {
  fc.assert(
    fc.property(
      world,
      fc.boolean(),
      fc.nat(20),
      fc.constantFrom(0, 3, 'some' as const),
      (one, asked, many, further) => {
        for (const picture of around(one, asked, many)) {
          const folded = fold(picture, new Set(), 0, further)
          const [start] = folded.nodes
          const leading = new Set(folded.edges.flatMap(({ from, to }) => (to === start?.id ? from : [])))
          const drawn = drawnOf(folded).map((node) =>
            leading.has(node.id) ? { ...node, column: 0 as const } : node,
          )
          checkLayout(drawn, folded.edges)
          const more = folded.nodes.find((node) => node.kind === 'more' && node.family === 'who')
          const left = further === 'some' ? undefined : Math.max(0, many - 6) + further
          assert.equal(more === undefined ? 0 : more.kind === 'more' && more.count, left)
          assert.equal(leading.size, Math.min(6, many) + (left === 0 ? 0 : 1))
        }
      },
    ),
    runs,
  )
})

const edge = (
  from: string,
  to: string,
  kind: AccessEdge['kind'],
  marks: Partial<AccessEdge> = {},
): AccessEdge => ({
  from,
  to,
  kind,
  condition: undefined,
  onWay: false,
  cut: false,
  blocked: false,
  unmet: false,
  ...marks,
})

/** As long as an action or resource can be. */
const long = '`docs:GetDocument`, '.repeat(100)

/** A person with so many groups, each of as many policies with as many statements. */
function manyOf(each: number): AccessPicture {
  const arn = 'arn:aws:iam::111122223333:x/y'
  const nodes: AccessPicture['nodes'][number][] = [{ kind: 'person', id: 'p', name: 'ada', arn }]
  const edges: AccessEdge[] = []
  for (let g = 0; g < each; g++) {
    nodes.push({ kind: 'group', id: `g${g}`, name: `g${g}`, arn })
    edges.push(edge('p', `g${g}`, 'member'))
    for (let p = 0; p < each; p++) {
      const policy = `g${g}p${p}`
      nodes.push({ kind: 'policy', id: policy, name: policy })
      edges.push(edge(`g${g}`, policy, 'holds'))
      for (let s = 0; s < each; s++) {
        const id = `${policy}s${s}`
        const said = { actions: long, resources: long, sentence: `Allows ${long}, only if ${long}.` }
        nodes.push({ kind: 'statement', id, effect: 'Allow', sid: undefined, ...said })
        edges.push(edge(policy, id, 'allow'))
      }
    }
  }
  return { nodes, edges, ways: [] }
}

test('the page of a picture is bounded, however much is unfolded and however long the texts are', {
  timeout,
}, () => {
  const picture = manyOf(20)
  const everything = new Set(
    picture.edges.flatMap(({ from }) =>
      ['groups', 'policies', 'statements'].map((family) => `${family} ${from}`),
    ),
  )
  for (const open of [new Set<string>(), everything]) {
    const roles = { found: 1000, more: true }
    const view = pictureView({ picture, roles }, open, (key) => `/console?open=${'x'.repeat(1000)}${key}`)
    const text = htmlText(inLanguage(accessPictureView(view), translator('en')))
    assert.ok(Buffer.byteLength(text) < 250_000, `${Buffer.byteLength(text)}`)
  }
})

test('a picture has a bounded number of nodes, however much is unfolded', { timeout }, () => {
  const picture = manyOf(20)
  assert.ok(picture.nodes.length > 8000)
  const closed = fold(picture, new Set(), 994)
  assert.ok(closed.nodes.length <= 200, String(closed.nodes.length))
  const more = closed.nodes.flatMap((node) => (node.kind === 'more' ? [[node.family, node.count]] : []))
  assert.deepEqual(
    more.find(([family]) => family === 'groups'),
    ['groups', 14],
  )
  assert.deepEqual(
    more.find(([family]) => family === 'roles'),
    ['roles', 994],
  )
  const everything = new Set(
    picture.edges.flatMap(({ from }) => [
      openKey(from, 'groups'),
      openKey(from, 'policies'),
      openKey(from, 'statements'),
    ]),
  )
  const open = fold(picture, everything, 994)
  assert.ok(open.nodes.length <= 300, String(open.nodes.length))
  checkLayout(drawnOf(open), open.edges)
})
