// What clients read first (RFC 7643 §5 to §7): what is supported, kinds of resource, and their schemas.
import { mostResults } from './list.ts'
import type { Resource } from './resource.ts'
import { groupSchema, type ResourceSchema, urns, userSchema } from './schemas.ts'

const schemaUrns = {
  config: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
} as const

export const serviceProviderConfig = (base: string): Resource => ({
  schemas: [schemaUrns.config],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostResults },
  changePassword: { supported: true },
  sort: { supported: false },
  etag: { supported: true },
  // RFC 9865 §4
  pagination: { cursor: true, index: true, defaultPaginationMethod: 'index', cursorTimeout: 86_400 },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A SCIM token (chancery scim-tokens create) or an access token of a session',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})

export const resourceTypes = (base: string): readonly Resource[] =>
  [userSchema, groupSchema].map((schema) => ({
    schemas: [schemaUrns.resourceType],
    id: schema.name,
    name: schema.name,
    endpoint: `/${schema.name}s`,
    description: schema.description,
    schema: schema.id,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${schema.name}` },
  }))

export const schemas = (base: string): readonly Resource[] =>
  [userSchema, groupSchema].map((schema) => ({
    schemas: [schemaUrns.schema],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(attributeOf),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  }))

/** Every characteristic is written out (RFC 7643 §7). */
function attributeOf(attribute: ResourceSchema['attributes'][number]): Resource {
  const { subAttributes, canonicalValues, referenceTypes } = attribute
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.multiValued ?? false,
    description: attribute.description,
    required: attribute.required ?? false,
    ...(attribute.type !== 'complex' &&
      attribute.type !== 'boolean' && { caseExact: attribute.caseExact ?? false }),
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.returned ?? 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.map(attributeOf) }),
  }
}

export const listOfAll = (resources: readonly Resource[]): Resource => ({
  schemas: [urns.list],
  totalResults: resources.length,
  itemsPerPage: resources.length,
  startIndex: 1,
  Resources: resources,
})
