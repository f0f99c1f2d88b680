// How things of each section are created, changed and deleted: one row a section. Members are compared one by one; each row
// says which call changes which member.
import { Problem } from '../../problem.ts'
import type { Item, Section } from './file.ts'
import type { DeclaredServer, Json } from './server.ts'

export interface Kind {
  /** Members that cannot be changed after creation. */
  readonly fixed: readonly string[]
  readonly create: (server: DeclaredServer, item: Item) => Promise<string | undefined>
  /** `changed` has the members that differ. */
  readonly update: (
    server: DeclaredServer,
    item: Item,
    actual: Item,
    changed: ReadonlySet<string>,
  ) => Promise<void>
  readonly remove: (server: DeclaredServer, actual: Item) => Promise<void>
  /** What else ends with it, for the plan. */
  readonly ends: string
}

const json = (value: unknown): string => JSON.stringify(value)
const segment = (name: string): string => encodeURIComponent(name)

/** Without the members that are set by other calls. */
const without = (item: Item, ...names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)))

const only = (item: Item, changed: ReadonlySet<string>, ...names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => changed.has(name)).map((name) => [name, item[name]]))

type Holder = 'User' | 'Group' | 'Role'

/** Attaches, detaches, puts and deletes policies until they are those of the item. */
async function grant(
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

const asList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

const policies: Kind = {
  fixed: ['path', 'description'],
  ends: 'it must not be attached to anything else',
  async create(server, item) {
    const { Policy } = await server.iam('CreatePolicy', {
      PolicyName: item.name,
      Path: textOf(item['path']),
      Description: textOf(item['description']),
      PolicyDocument: json(item['document']),
    })
    server.policyArns.set(item.name, String(asObject(Policy)['Arn']))
    return undefined
  },
  async update(server, item) {
    const PolicyArn = server.arnOf(item.name)
    const others = await otherVersions(server, PolicyArn)
    // IAM keeps five versions.
    if (others.length >= 4)
      await server.iam('DeletePolicyVersion', { PolicyArn, VersionId: others.at(-1) ?? '' })
    await server.iam('CreatePolicyVersion', {
      PolicyArn,
      PolicyDocument: json(item['document']),
      SetAsDefault: 'true',
    })
  },
  async remove(server, actual) {
    const PolicyArn = server.arnOf(actual.name)
    for (const VersionId of await otherVersions(server, PolicyArn))
      await server.iam('DeletePolicyVersion', { PolicyArn, VersionId })
    await server.iam('DeletePolicy', { PolicyArn })
  },
}

/** Versions that are not the default, newest first. */
async function otherVersions(server: DeclaredServer, PolicyArn: string): Promise<readonly string[]> {
  const { Versions } = await server.iam('ListPolicyVersions', { PolicyArn })
  return (Array.isArray(Versions) ? (Versions as readonly Json[]) : [])
    .filter((version) => version['IsDefaultVersion'] !== true)
    .map((version) => String(version['VersionId']))
    .sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)))
}

const groups: Kind = {
  fixed: [],
  ends: 'its members lose what it gave them',
  async create(server, item) {
    await server.admin('POST', '/v1/admin/groups', without(item, 'policies', 'inline'))
    await grant(server, 'Group', item, undefined)
    return undefined
  },
  async update(server, item, actual, changed) {
    const body = only(item, changed, 'path', 'displayName')
    if (Object.keys(body).length > 0)
      await server.admin('PATCH', `/v1/admin/groups/${segment(item.name)}`, body)
    await grant(server, 'Group', item, actual)
  },
  remove: async (server, actual) => {
    await server.admin('DELETE', `/v1/admin/groups/${segment(actual.name)}`)
  },
}

const roles: Kind = {
  fixed: ['path'],
  ends: 'its sessions end',
  async create(server, item) {
    await server.iam('CreateRole', {
      RoleName: item.name,
      Path: textOf(item['path']),
      Description: textOf(item['description']),
      MaxSessionDuration: textOf(item['maxSessionDuration']),
      AssumeRolePolicyDocument: json(item['trust']),
    })
    await grant(server, 'Role', item, undefined)
    return undefined
  },
  async update(server, item, actual, changed) {
    const RoleName = item.name
    if (changed.has('trust'))
      await server.iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: json(item['trust']) })
    if (changed.has('description') || changed.has('maxSessionDuration'))
      await server.iam('UpdateRole', {
        RoleName,
        Description: textOf(item['description'] ?? actual['description']),
        MaxSessionDuration: textOf(item['maxSessionDuration'] ?? actual['maxSessionDuration']),
      })
    await grant(server, 'Role', item, actual)
  },
  async remove(server, actual) {
    await grant(server, 'Role', { name: actual.name, policies: [], inline: {} }, actual)
    await server.iam('DeleteRole', { RoleName: actual.name })
  },
}

const people: Kind = {
  fixed: [],
  ends: 'access keys, factors and every session of the person end',
  async create(server, item) {
    await server.admin('POST', '/v1/admin/people', without(item, 'policies', 'inline'))
    await grant(server, 'User', item, undefined)
    return undefined
  },
  async update(server, item, actual, changed) {
    const person = `/v1/admin/people/${segment(item.name)}`
    const body = only(item, changed, 'path', 'displayName', 'email', 'emailVerified', 'groups')
    const attributes = asObject(item['attributes'])
    const gone = Object.keys(asObject(actual['attributes'])).filter((one) => !Object.hasOwn(attributes, one))
    const all = changed.has('attributes')
      ? { attributes: { ...attributes, ...Object.fromEntries(gone.map((one) => [one, null])) } }
      : {}
    if (Object.keys({ ...body, ...all }).length > 0) await server.admin('PATCH', person, { ...body, ...all })
    if (changed.has('state'))
      await server.admin('POST', `${person}/${item['state'] === 'disabled' ? 'disable' : 'enable'}`)
    await grant(server, 'User', item, actual)
  },
  remove: async (server, actual) => {
    await server.admin('DELETE', `/v1/admin/people/${segment(actual.name)}`)
  },
}

const clients: Kind = {
  fixed: [],
  ends: 'its tokens and sessions of roles that it made end',
  async create(server, item) {
    const made = await server.admin('POST', '/v1/admin/clients', {
      client_id: item.name,
      ...without(item, 'name', 'state'),
    })
    if (item['state'] === 'disabled')
      await server.admin('POST', `/v1/admin/clients/${segment(item.name)}/disable`)
    const secret = asObject(made['secret'])['value']
    return secret === undefined
      ? undefined
      : `secret of the client \`${item.name}\`, shown this once: ${secret}`
  },
  async update(server, item, _actual, changed) {
    const client = `/v1/admin/clients/${segment(item.name)}`
    const body = only(item, changed, ...[...changed].filter((member) => member !== 'state'))
    if (Object.keys(body).length > 0) await server.admin('PATCH', client, body)
    if (changed.has('state'))
      await server.admin('POST', `${client}/${item['state'] === 'disabled' ? 'disable' : 'enable'}`)
  },
  remove: async (server, actual) => {
    await server.admin('DELETE', `/v1/admin/clients/${segment(actual.name)}`)
  },
}

const providers: Kind = {
  fixed: [],
  ends: 'sessions that came through it end',
  async create(server, item) {
    await server.iam('CreateOpenIDConnectProvider', {
      Url: item.name,
      ...members('ClientIDList', asList(item['clientIds'])),
    })
    return undefined
  },
  async update(server, item, actual) {
    const OpenIDConnectProviderArn = await providerArn(server, item.name)
    const [wanted, held] = [asList(item['clientIds']), asList(actual['clientIds'])]
    for (const ClientID of wanted)
      if (!held.includes(ClientID))
        await server.iam('AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID })
    for (const ClientID of held)
      if (!wanted.includes(ClientID))
        await server.iam('RemoveClientIDFromOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID })
  },
  async remove(server, actual) {
    await server.iam('DeleteOpenIDConnectProvider', {
      OpenIDConnectProviderArn: await providerArn(server, actual.name),
    })
  },
}

const members = (name: string, values: readonly string[]) =>
  Object.fromEntries(values.map((value, at) => [`${name}.member.${at + 1}`, value]))

async function providerArn(server: DeclaredServer, url: string): Promise<string> {
  const { OpenIDConnectProviderList: all } = await server.iam('ListOpenIDConnectProviders')
  const end = `:oidc-provider/${url.replace(/^https:\/\//, '')}`
  const arn = (Array.isArray(all) ? (all as readonly Json[]) : [])
    .map(({ Arn }) => String(Arn))
    .find((one) => one.endsWith(end))
  if (arn === undefined) throw new Problem('invalid_input', `there is no provider \`${url}\``)
  return arn
}

export const kinds: Readonly<Record<Section, Kind>> = { policies, groups, roles, people, clients, providers }
