// What the account holds, in the form of the file.
import type { Item, Section, State } from './file.ts'
import type { DeclaredServer, Json } from './server.ts'

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const text = (value: unknown): string => String(value ?? '')
/** IAM answers documents URL-encoded. */
const documentOf = (value: unknown): unknown => JSON.parse(decodeURIComponent(text(value)))
const present = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''))

/** Service-linked roles belong to services. */
const isOfService = (role: Json): boolean => text(role['Path']).startsWith('/aws-service-role/')

type Granted = (
  of: Json | undefined,
  inlineName: string,
) => { readonly policies: string[]; readonly inline: Json }

/** How the things of a section are read; policies are read with every section, because others name them. */
const readers: Readonly<
  Record<Section, (server: DeclaredServer, details: Details, granted: Granted) => Promise<readonly Item[]>>
> = {
  policies: async (_server, { policies }) => policies.map(policyItem),
  async groups(server, { groups }, granted) {
    const byName = new Map(groups.map((one) => [text(one['GroupName']), one]))
    return items(server, '/v1/admin/groups', ({ name, path, displayName }) => ({
      ...present({ path, displayName }),
      name: text(name),
      ...granted(byName.get(text(name)), 'GroupPolicyList'),
    }))
  },
  async roles(server, { roles }, granted) {
    const described = await rolesByName(server)
    return roles
      .filter((role) => !isOfService(role))
      .map((role) => {
        const { Description, MaxSessionDuration } = described.get(text(role['RoleName'])) ?? {}
        return {
          name: text(role['RoleName']),
          ...present({ path: role['Path'], description: Description }),
          maxSessionDuration: Number(MaxSessionDuration ?? 3600),
          trust: documentOf(role['AssumeRolePolicyDocument']),
          ...granted(role, 'RolePolicyList'),
        }
      })
  },
  async people(server, { users }, granted) {
    const byName = new Map(users.map((one) => [text(one['UserName']), one]))
    return items(server, '/v1/admin/people', (person) => ({
      ...present({
        path: person['path'],
        displayName: person['displayName'],
        email: person['email'],
        emailVerified: person['email'] === undefined ? undefined : person['emailVerified'],
      }),
      name: text(person['name']),
      attributes: person['attributes'],
      groups: [...(person['groups'] as readonly string[])].sort(),
      state: person['state'],
      ...granted(byName.get(text(person['name'])), 'UserPolicyList'),
    }))
  },
  clients: readClients,
  providers: readProviders,
}

/** @param sections what is read; policies are always */
export async function readState(server: DeclaredServer, sections: readonly Section[]): Promise<State> {
  const wanted = new Set<Section>(['policies', ...sections])
  const details = await readDetails(server, wanted)
  const names = new Map(details.policies.map((one) => [text(one['Arn']), text(one['PolicyName'])]))
  for (const [arn, name] of names) server.policyArns.set(name, arn)
  const granted: Granted = (of, inlineName) => ({
    policies: list(of?.['AttachedManagedPolicies'])
      .map(({ PolicyArn }) => names.get(text(PolicyArn)) ?? text(PolicyArn))
      .sort(),
    inline: Object.fromEntries(
      list(of?.[inlineName]).map((one) => [text(one['PolicyName']), documentOf(one['PolicyDocument'])]),
    ),
  })
  const state = new Map<Section, ReadonlyMap<string, Item>>()
  for (const section of wanted) {
    const found = await readers[section](server, details, granted)
    state.set(section, new Map(found.map((item) => [item.name, item])))
  }
  return state
}

const policyItem = (policy: Json): Item => ({
  name: text(policy['PolicyName']),
  ...present({ path: policy['Path'], description: policy['Description'] }),
  document: documentOf(
    list(policy['PolicyVersionList']).find((version) => version['IsDefaultVersion'] === true)?.['Document'],
  ),
})

async function items(server: DeclaredServer, path: string, make: (one: Json) => Item): Promise<Item[]> {
  const all: Item[] = []
  for await (const one of server.list(path)) all.push(make(one))
  return all
}

/** Clients of the configuration file and those that registered themselves are not of the file. */
async function readClients(server: DeclaredServer): Promise<Item[]> {
  const all: Item[] = []
  for await (const client of server.list('/v1/admin/clients')) {
    if (client['source'] !== 'stored') continue
    const { client_id: _, client_name, ...metadata } = client['metadata'] as Json
    all.push({
      ...present({ client_name }),
      ...metadata,
      name: text(client['clientId']),
      state: client['state'],
    })
  }
  return all
}

async function readProviders(server: DeclaredServer): Promise<Item[]> {
  const { OpenIDConnectProviderList: arns } = await server.iam('ListOpenIDConnectProviders')
  const all: Item[] = []
  for (const { Arn } of list(arns)) {
    const found = await server.iam('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: text(Arn) })
    const clientIds = Array.isArray(found['ClientIDList']) ? found['ClientIDList'].map(String).sort() : []
    all.push({ name: `https://${text(found['Url']).replace(/^https:\/\//, '')}`, clientIds })
  }
  return all
}

interface Details {
  readonly users: Json[]
  readonly groups: Json[]
  readonly roles: Json[]
  readonly policies: Json[]
}

/** What GetAccountAuthorizationDetails calls the sections that it knows. */
const filters: ReadonlyMap<Section, string> = new Map([
  ['people', 'User'],
  ['groups', 'Group'],
  ['roles', 'Role'],
  ['policies', 'LocalManagedPolicy'],
])

async function readDetails(server: DeclaredServer, sections: ReadonlySet<Section>): Promise<Details> {
  const details: Details = { users: [], groups: [], roles: [], policies: [] }
  const kinds = [...sections].flatMap((section) => filters.get(section) ?? [])
  const filter = Object.fromEntries(kinds.map((kind, at) => [`Filter.member.${at + 1}`, kind]))
  for await (const page of pagesOf(server, 'GetAccountAuthorizationDetails', filter)) {
    details.users.push(...list(page['UserDetailList']))
    details.groups.push(...list(page['GroupDetailList']))
    details.roles.push(...list(page['RoleDetailList']))
    details.policies.push(...list(page['Policies']))
  }
  return details
}

/** IAM gives the description and the duration of roles in their list alone. */
async function rolesByName(server: DeclaredServer): Promise<ReadonlyMap<string, Json>> {
  const byName = new Map<string, Json>()
  for await (const page of pagesOf(server, 'ListRoles', {}))
    for (const role of list(page['Roles'])) byName.set(text(role['RoleName']), role)
  return byName
}

async function* pagesOf(
  server: DeclaredServer,
  action: string,
  parameters: Readonly<Record<string, string>>,
): AsyncGenerator<Json> {
  let Marker: string | undefined
  do {
    const page: Json = await server.iam(action, { ...parameters, Marker })
    yield page
    Marker = page['IsTruncated'] === true ? text(page['Marker']) : undefined
  } while (Marker !== undefined)
}
