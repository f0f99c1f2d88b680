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

/** The name of a managed policy of the account by its ARN; the ARN of any other. */
type PolicyName = (arn: unknown) => string

/** How the things of a section are read. */
const readers: Readonly<
  Record<
    Section,
    (server: DeclaredServer, details: Details, policyName: PolicyName) => Promise<readonly Item[]>
  >
> = {
  policies: readPolicies,
  async groups(server, { groups }, policyName) {
    const byName = new Map(groups.map((one) => [text(one['GroupName']), one]))
    return items(server, '/v1/admin/groups', ({ name, path, displayName }) => ({
      ...present({ path, displayName }),
      name: text(name),
      ...granted(byName.get(text(name)), 'GroupPolicyList', policyName),
    }))
  },
  async roles(server, { roles }, policyName) {
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
          ...held(role, 'RolePolicyList', policyName),
        }
      })
  },
  async people(server, { users }, policyName) {
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
      ...held(byName.get(text(person['name'])), 'UserPolicyList', policyName),
    }))
  },
  clients: readClients,
  providers: readProviders,
  samlProviders: readSamlProviders,
}

/** @param sections what is read; the names of policies always are, because other sections refer to them */
export async function readState(server: DeclaredServer, sections: readonly Section[]): Promise<State> {
  const details = await readDetails(server, new Set<Section>(['policies', ...sections]))
  const names = new Map(details.policies.map((one) => [text(one['Arn']), text(one['PolicyName'])]))
  for (const [arn, name] of names) server.policyArns.set(name, arn)
  const policyName: PolicyName = (arn) => names.get(text(arn)) ?? text(arn)
  const state = new Map<Section, ReadonlyMap<string, Item>>()
  for (const section of sections) {
    const found = await readers[section](server, details, policyName)
    state.set(section, new Map(found.map((item) => [item.name, item])))
  }
  return state
}

/** The policies of a user, group or role of GetAccountAuthorizationDetails. */
const granted = (of: Json | undefined, inlineName: string, policyName: PolicyName) => ({
  policies: list(of?.['AttachedManagedPolicies'])
    .map(({ PolicyArn }) => policyName(PolicyArn))
    .sort(),
  inline: Object.fromEntries(
    list(of?.[inlineName]).map((one) => [text(one['PolicyName']), documentOf(one['PolicyDocument'])]),
  ),
})

/** Also what groups do not have: boundary and tags. */
function held(of: Json | undefined, inlineName: string, policyName: PolicyName) {
  const boundary = of?.['PermissionsBoundary'] as Json | undefined
  return {
    ...granted(of, inlineName, policyName),
    boundary: boundary === undefined ? false : policyName(boundary['PermissionsBoundaryArn']),
    tags: tagsOf(of),
  }
}

/** The tags of what IAM answered, by key. */
const tagsOf = (of: Json | undefined): Json =>
  Object.fromEntries(list(of?.['Tags']).map(({ Key, Value }) => [text(Key), text(Value)]))

/** Each policy with its tags and tests, which no list of IAM has: two requests a policy. */
async function readPolicies(server: DeclaredServer, { policies }: Details): Promise<Item[]> {
  const all: Item[] = []
  for (const policy of policies) {
    const PolicyArn = text(policy['Arn'])
    const { Policy } = await server.iam('GetPolicy', { PolicyArn })
    const { tests } = await server.admin('GET', `/v1/admin/policies/${encodeURIComponent(PolicyArn)}/tests`)
    all.push({
      name: text(policy['PolicyName']),
      ...present({ path: policy['Path'], description: policy['Description'] }),
      document: documentOf(
        list(policy['PolicyVersionList']).find((version) => version['IsDefaultVersion'] === true)?.[
          'Document'
        ],
      ),
      tests,
      tags: tagsOf(Policy as Json),
    })
  }
  return all
}

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
    const name = `https://${text(found['Url']).replace(/^https:\/\//, '')}`
    all.push({ name, clientIds, tags: tagsOf(found) })
  }
  return all
}

async function readSamlProviders(server: DeclaredServer): Promise<Item[]> {
  const { SAMLProviderList: arns } = await server.iam('ListSAMLProviders')
  const all: Item[] = []
  for (const { Arn } of list(arns)) {
    const found = await server.iam('GetSAMLProvider', { SAMLProviderArn: text(Arn) })
    const name = text(Arn).split('/').at(-1) ?? ''
    all.push({ name, metadata: text(found['SAMLMetadataDocument']), tags: tagsOf(found) })
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
