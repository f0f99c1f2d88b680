// The attributes of SCIM resources (RFC 7643 §4, §7): one table for `/Schemas`, for names in any case, for PATCH, filters and
// projections. `ignored` are attributes of the standard schemas that are not stored; they are accepted, so that a client which
// sends all it has can provision, and left out of answers.

export const urns = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  search: 'urn:ietf:params:scim:api:messages:2.0:SearchRequest',
} as const

export interface Attribute {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime'
  readonly description: string
  readonly multiValued?: true
  readonly required?: true
  readonly caseExact?: true
  readonly mutability?: 'readOnly' | 'writeOnly' | 'immutable'
  readonly returned?: 'always' | 'never'
  readonly uniqueness?: 'server'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
}

export interface ResourceSchema {
  readonly id: string
  readonly name: 'User' | 'Group'
  readonly description: string
  readonly attributes: readonly Attribute[]
  /** Names in lower case. */
  readonly ignored: ReadonlySet<string>
}

const value = (
  name: string,
  canonical: string,
  form: Pick<Attribute, 'type' | 'referenceTypes'> = { type: 'string' },
): Attribute => ({
  name,
  type: 'complex',
  multiValued: true,
  description: 'One value is stored: the primary one, else the first.',
  subAttributes: [
    { name: 'value', ...form, description: 'The value.' },
    { name: 'type', type: 'string', description: 'Its kind.', canonicalValues: [canonical] },
    { name: 'primary', type: 'boolean', description: 'Whether it is the one to use.' },
  ],
})

const reference = (name: string, to: string, kind: string, readOnly: boolean): Attribute => {
  const mutability = readOnly ? 'readOnly' : 'immutable'
  return {
    name,
    type: 'complex',
    multiValued: true,
    description: readOnly ? 'Changed through the groups.' : 'Users in the group.',
    ...(readOnly && { mutability: 'readOnly' as const }),
    subAttributes: [
      { name: 'value', type: 'string', caseExact: true, description: 'Id.', mutability },
      { name: '$ref', type: 'reference', description: 'URL.', referenceTypes: [to], mutability },
      { name: 'display', type: 'string', description: 'Name.', mutability: 'readOnly' },
      {
        name: 'type',
        type: 'string',
        description: 'Kind of the reference.',
        canonicalValues: [kind],
        mutability,
      },
    ],
  }
}

/** RFC 7643 §3.1: of every resource, in no schema of `/Schemas`. */
const common: readonly Attribute[] = [
  {
    name: 'id',
    type: 'string',
    description: 'Unique id.',
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
  },
  { name: 'externalId', type: 'string', description: 'Id at the client.', caseExact: true },
  {
    name: 'schemas',
    type: 'string',
    description: 'Schemas.',
    multiValued: true,
    caseExact: true,
    returned: 'always',
  },
  {
    name: 'meta',
    type: 'complex',
    description: 'About the resource.',
    mutability: 'readOnly',
    subAttributes: [
      { name: 'resourceType', type: 'string', description: 'User or Group.', caseExact: true },
      { name: 'created', type: 'dateTime', description: 'When it was created.' },
      {
        name: 'lastModified',
        type: 'dateTime',
        description: 'When it or, of a Group, its members were changed.',
      },
      { name: 'location', type: 'reference', description: 'URL.', referenceTypes: ['uri'] },
      { name: 'version', type: 'string', description: 'ETag.', caseExact: true },
    ],
  },
]

export const userSchema: ResourceSchema = {
  id: urns.user,
  name: 'User',
  description: 'A person',
  attributes: [
    {
      name: 'userName',
      type: 'string',
      required: true,
      uniqueness: 'server',
      description: 'Name to sign in with: 1 to 64 of A-Z a-z 0-9 _+=,.@-',
    },
    {
      name: 'name',
      type: 'complex',
      description: 'Parts of the name.',
      subAttributes: [
        { name: 'formatted', type: 'string', description: 'Full name; the same as displayName.' },
        { name: 'familyName', type: 'string', description: 'Last name.' },
        { name: 'givenName', type: 'string', description: 'First name.' },
      ],
    },
    { name: 'displayName', type: 'string', description: 'Full name.' },
    { name: 'locale', type: 'string', description: 'Language, as in BCP 47.' },
    { name: 'timezone', type: 'string', description: 'Name of the IANA time zone database.' },
    { name: 'active', type: 'boolean', description: 'False: disabled, and every session has ended.' },
    {
      name: 'password',
      type: 'string',
      description: 'Password, as the account’s password policy wants it.',
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    },
    value('emails', 'work'),
    value('phoneNumbers', 'work'),
    value('photos', 'photo', { type: 'reference', referenceTypes: ['external'] }),
    reference('groups', 'Group', 'direct', true),
  ],
  ignored: new Set(
    'nickName profileUrl title userType preferredLanguage ims addresses entitlements roles x509Certificates employeeNumber costCenter organization division department manager'
      .toLowerCase()
      .split(' '),
  ),
}

export const groupSchema: ResourceSchema = {
  id: urns.group,
  name: 'Group',
  description: 'A group of people',
  attributes: [
    {
      name: 'displayName',
      type: 'string',
      required: true,
      uniqueness: 'server',
      description: 'Name. The name in ARNs is made from it.',
    },
    reference('members', 'User', 'User', false),
  ],
  ignored: new Set(),
}

const named = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((one) => one.name.toLowerCase() === name.toLowerCase())

/** The attribute of that name, in any case; undefined when the resource has none. */
export const attributeNamed = (schema: ResourceSchema, name: string): Attribute | undefined =>
  named(schema.attributes, name) ?? named(common, name)

/** The sub-attribute of that name. Sub-attributes that are not stored, such as `honorificPrefix`, are undefined. */
export const subAttributeNamed = (attribute: Attribute, name: string): Attribute | undefined =>
  named(attribute.subAttributes ?? [], name)

/** Attributes that a client may send and that are not stored: `ignored`, and all of the enterprise extension. */
export const isIgnored = (schema: ResourceSchema, urn: string | undefined, name: string): boolean =>
  schema.ignored.has(name.toLowerCase()) ||
  (schema.name === 'User' && urn?.toLowerCase() === urns.enterprise.toLowerCase())

/** Whether a URN before an attribute's name is that of the resource's schema or of the enterprise extension. */
export const isSchemaOf = (schema: ResourceSchema, urn: string): boolean =>
  [schema.id, ...(schema.name === 'User' ? [urns.enterprise] : [])].some(
    (one) => one.toLowerCase() === urn.toLowerCase(),
  )
