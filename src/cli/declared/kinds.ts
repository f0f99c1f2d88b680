// How things of each section are created, changed and deleted: one row a section. Members are compared one by one; each row
// says which call changes which member.
import { Problem } from '../../problem.ts'
import type { Item, Section } from './file.ts'
import type { DeclaredServer, Json } from './server.ts'
import {
  asList,
  asObject,
  bound,
  grant,
  json,
  listMembers,
  retag,
  textOf,
  unbound,
} from './shared-members.ts'

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

const segment = (name: string): string => encodeURIComponent(name)

/** Without the members that are set by other calls. */
const without = (item: Item, ...names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)))

const only = (item: Item, changed: ReadonlySet<string>, ...names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => changed.has(name)).map((name) => [name, item[name]]))

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
    const PolicyArn = String(asObject(Policy)['Arn'])
    server.policyArns.set(item.name, PolicyArn)
    await retag(server, 'Policy', { PolicyArn }, item, undefined)
    await keepTests(server, PolicyArn, item)
    return undefined
  },
  async update(server, item, actual, changed) {
    const PolicyArn = server.arnOf(item.name)
    await retag(server, 'Policy', { PolicyArn }, item, actual)
    if (changed.has('tests')) await keepTests(server, PolicyArn, item)
    if (!changed.has('document')) return
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

/** Replaces the tests kept with a policy; the plan has run them with the document of the file. */
async function keepTests(server: DeclaredServer, arn: string, { tests }: Item): Promise<void> {
  if (tests !== undefined) await server.admin('PUT', `/v1/admin/policies/${segment(arn)}/tests`, { tests })
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
    // The boundary first: the role is never wider than the file says.
    await bound(server, 'Role', item, undefined)
    await retag(server, 'Role', { RoleName: item.name }, item, undefined)
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
    await bound(server, 'Role', item, actual)
    await retag(server, 'Role', { RoleName }, item, actual)
    await grant(server, 'Role', item, actual)
    await unbound(server, 'Role', item, actual)
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
    const groups = typeof item['boundary'] === 'string' ? asList(item['groups']) : []
    const late = groups.length > 0 ? ['groups'] : []
    const body = without(item, 'policies', 'inline', 'boundary', 'tags', ...late)
    await server.admin('POST', '/v1/admin/people', body)
    await bound(server, 'User', item, undefined)
    // Groups grant, too.
    if (late.length > 0) await server.admin('PATCH', `/v1/admin/people/${segment(item.name)}`, { groups })
    await retag(server, 'User', { UserName: item.name }, item, undefined)
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
    const state = changed.has('state') ? item['state'] : undefined
    // Disabled first and enabled last, so that nobody has meanwhile what the file takes away.
    if (state === 'disabled') await server.admin('POST', `${person}/disable`)
    await bound(server, 'User', item, actual)
    if (Object.keys({ ...body, ...all }).length > 0) await server.admin('PATCH', person, { ...body, ...all })
    await retag(server, 'User', { UserName: item.name }, item, actual)
    await grant(server, 'User', item, actual)
    await unbound(server, 'User', item, actual)
    if (state === 'enabled') await server.admin('POST', `${person}/enable`)
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
    const state = changed.has('state') ? item['state'] : undefined
    if (state === 'disabled') await server.admin('POST', `${client}/disable`)
    if (Object.keys(body).length > 0) await server.admin('PATCH', client, body)
    if (state === 'enabled') await server.admin('POST', `${client}/enable`)
  },
  remove: async (server, actual) => {
    await server.admin('DELETE', `/v1/admin/clients/${segment(actual.name)}`)
  },
}

const providers: Kind = {
  fixed: [],
  ends: 'sessions that came through it end',
  async create(server, item) {
    const { OpenIDConnectProviderArn } = await server.iam('CreateOpenIDConnectProvider', {
      Url: item.name,
      ...listMembers('ClientIDList', asList(item['clientIds'])),
    })
    const which = { OpenIDConnectProviderArn: String(OpenIDConnectProviderArn) }
    await retag(server, 'OpenIDConnectProvider', which, item, undefined)
    return undefined
  },
  async update(server, item, actual, changed) {
    const which = { OpenIDConnectProviderArn: await providerArn(server, item.name) }
    if (changed.has('clientIds')) {
      const [wanted, held] = [asList(item['clientIds']), asList(actual['clientIds'])]
      for (const ClientID of wanted)
        if (!held.includes(ClientID))
          await server.iam('AddClientIDToOpenIDConnectProvider', { ...which, ClientID })
      for (const ClientID of held)
        if (!wanted.includes(ClientID))
          await server.iam('RemoveClientIDFromOpenIDConnectProvider', { ...which, ClientID })
    }
    await retag(server, 'OpenIDConnectProvider', which, item, actual)
  },
  async remove(server, actual) {
    await server.iam('DeleteOpenIDConnectProvider', {
      OpenIDConnectProviderArn: await providerArn(server, actual.name),
    })
  },
}

const providerArn = (server: DeclaredServer, url: string): Promise<string> =>
  listedArn(
    server,
    'OpenIDConnectProvider',
    `:oidc-provider/${url.replace(/^https:\/\//, '')}`,
    `there is no provider \`${url}\``,
  )

const samlProviders: Kind = {
  fixed: [],
  ends: 'sessions that came through it end',
  async create(server, item) {
    const { SAMLProviderArn } = await server.iam('CreateSAMLProvider', {
      Name: item.name,
      SAMLMetadataDocument: textOf(item['metadata']),
    })
    await retag(server, 'SAMLProvider', { SAMLProviderArn: String(SAMLProviderArn) }, item, undefined)
    return undefined
  },
  async update(server, item, actual, changed) {
    const which = { SAMLProviderArn: await samlProviderArn(server, item.name) }
    if (changed.has('metadata'))
      await server.iam('UpdateSAMLProvider', { ...which, SAMLMetadataDocument: textOf(item['metadata']) })
    await retag(server, 'SAMLProvider', which, item, actual)
  },
  async remove(server, actual) {
    await server.iam('DeleteSAMLProvider', { SAMLProviderArn: await samlProviderArn(server, actual.name) })
  },
}

const samlProviderArn = (server: DeclaredServer, name: string): Promise<string> =>
  listedArn(server, 'SAMLProvider', `:saml-provider/${name}`, `there is no SAML provider \`${name}\``)

/** @throws Problem('invalid_input') when none of the list's ARNs has that end */
async function listedArn(
  server: DeclaredServer,
  what: 'OpenIDConnectProvider' | 'SAMLProvider',
  end: string,
  missing: string,
): Promise<string> {
  const all = (await server.iam(`List${what}s`))[`${what}List`]
  const arn = (Array.isArray(all) ? (all as readonly Json[]) : [])
    .map(({ Arn }) => String(Arn))
    .find((one) => one.endsWith(end))
  if (arn === undefined) throw new Problem('invalid_input', missing)
  return arn
}

export const kinds: Readonly<Record<Section, Kind>> = {
  policies,
  groups,
  roles,
  people,
  clients,
  providers,
  samlProviders,
}
