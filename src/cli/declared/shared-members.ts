// Members that things of several sections have: policies, the permissions boundary, tags.
import type { Item } from './file.ts'
import type { DeclaredServer, Json } from './server.ts'

export const json = (value: unknown): string => JSON.stringify(value)
export const asList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : String(value)

/** A list as parameters of the AWS query protocol. */
export const listMembers = (name: string, values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value, at) => [`${name}.member.${at + 1}`, value]))

type Holder = 'User' | 'Group' | 'Role'

/** Attaches, detaches, puts and deletes policies until they are those of the item. */
export async function grant(
  server: DeclaredServer,
  of: Holder,
  item: Item,
  actual: Item | undefined,
): Promise<void> {
  const who = { [`${of}Name`]: item.name }
  if (item['policies'] !== undefined) {
    const wanted = new Set(asList(item['policies']).map((policy) => server.arnOf(policy)))
    const held = new Set(asList(actual?.['policies']).map((policy) => server.arnOf(policy)))
    for (const PolicyArn of wanted)
      if (!held.has(PolicyArn)) await server.iam(`Attach${of}Policy`, { ...who, PolicyArn })
    for (const PolicyArn of held)
      if (!wanted.has(PolicyArn)) await server.iam(`Detach${of}Policy`, { ...who, PolicyArn })
  }
  if (item['inline'] !== undefined) {
    const wanted = asObject(item['inline'])
    const held = asObject(actual?.['inline'])
    for (const [PolicyName, document] of Object.entries(wanted))
      if (!Object.hasOwn(held, PolicyName) || json(held[PolicyName]) !== json(document))
        await server.iam(`Put${of}Policy`, { ...who, PolicyName, PolicyDocument: json(document) })
    for (const PolicyName of Object.keys(held))
      if (!Object.hasOwn(wanted, PolicyName)) await server.iam(`Delete${of}Policy`, { ...who, PolicyName })
  }
}

/** Sets the permissions boundary of a user or role. Before anything is granted: nobody is ever wider than the file says. */
export async function bound(
  server: DeclaredServer,
  of: 'User' | 'Role',
  item: Item,
  actual: Item | undefined,
): Promise<void> {
  const { boundary: wanted, name } = item
  if (typeof wanted !== 'string' || wanted === actual?.['boundary']) return
  await server.iam(`Put${of}PermissionsBoundary`, {
    [`${of}Name`]: name,
    PermissionsBoundary: server.arnOf(wanted),
  })
}

/**
 * Removes the permissions boundary where the file has `false`. Runs after all other changes: when one of those is refused, permissions
 * that the file was to remove are still limited by the boundary.
 */
export async function unbound(
  server: DeclaredServer,
  of: 'User' | 'Role',
  { boundary: wanted, name }: Item,
  actual: Item,
): Promise<void> {
  if (wanted === false && typeof actual['boundary'] === 'string')
    await server.iam(`Delete${of}PermissionsBoundary`, { [`${of}Name`]: name })
}

/**
 * Tags and untags until the tags are those of the item.
 * @param what the part of the action's name: `TagRole` and `UntagRole` for `Role`
 * @param which names the thing: `{ RoleName }`
 */
export async function retag(
  server: DeclaredServer,
  what: 'User' | 'Role' | 'Policy' | 'OpenIDConnectProvider' | 'SAMLProvider',
  which: Readonly<Record<string, string>>,
  item: Item,
  actual: Item | undefined,
): Promise<void> {
  if (item['tags'] === undefined) return
  const wanted = asObject(item['tags'])
  const held = asObject(actual?.['tags'])
  const gone = Object.keys(held).filter((key) => !Object.hasOwn(wanted, key))
  if (gone.length > 0) await server.iam(`Untag${what}`, { ...which, ...listMembers('TagKeys', gone) })
  const changed = Object.entries(wanted).filter(
    ([key, value]) => !Object.hasOwn(held, key) || held[key] !== value,
  )
  if (changed.length > 0) await server.iam(`Tag${what}`, { ...which, ...tagMembers(changed) })
}

const tagMembers = (tags: readonly (readonly [key: string, value: unknown])[]) =>
  Object.fromEntries(
    tags.flatMap(([key, value], at) => [
      [`Tags.member.${at + 1}.Key`, key],
      [`Tags.member.${at + 1}.Value`, String(value)],
    ]),
  )
