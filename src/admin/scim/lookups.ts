// Which records can match a filter, found by an index. A filter without one is evaluated over all records of a small account and
// refused in a large one (list.ts).
import type { DirectoryLookup } from '../../iam/people/directory.ts'
import { groupNameOf } from '../../iam/people/group-name.ts'
import type { AttributePath, Filter } from './filter.ts'
import type { ResourceSchema } from './schemas.ts'

type Index = Readonly<Partial<Record<'eq' | 'sw', (value: string) => DirectoryLookup>>>

const lower = (value: string): string => value.toLowerCase()
const email: Index = {
  eq: (value) => ({ by: 'email', value }),
  sw: (value) => ({ by: 'addresses', prefix: lower(value) }),
}
const displayName: Index = {
  eq: (value) => ({ by: 'displayNames', prefix: lower(value) }),
  sw: (value) => ({ by: 'displayNames', prefix: lower(value) }),
}
const common: readonly (readonly [string, Index])[] = [
  ['id', { eq: (value) => ({ by: 'id', value }) }],
  ['externalid', { eq: (value) => ({ by: 'externalId', value }) }],
]

/** By attribute in lower case. docs/scim.md lists them. */
export const indexes: Readonly<Record<ResourceSchema['name'], ReadonlyMap<string, Index>>> = {
  User: new Map([
    ...common,
    [
      'username',
      { eq: (value) => ({ by: 'name', value }), sw: (value) => ({ by: 'names', prefix: lower(value) }) },
    ],
    ['emails', email],
    ['emails.value', email],
    ['displayname', displayName],
    ['name.formatted', displayName],
    ['groups', { eq: (value) => ({ by: 'group', value }) }],
    ['groups.value', { eq: (value) => ({ by: 'group', value }) }],
  ]),
  Group: new Map([
    ...common,
    ['displayname', { eq: (value) => ({ by: 'name', value: groupNameOf(value) }) }],
    ['members', { eq: (value) => ({ by: 'member', value }) }],
    ['members.value', { eq: (value) => ({ by: 'member', value }) }],
  ]),
}

/** Undefined: no index serves the filter. An empty prefix is none either. */
export function lookupsOf(schema: ResourceSchema, filter: Filter): readonly DirectoryLookup[] | undefined {
  switch (filter.is) {
    case 'and': {
      const [left, right] = [lookupsOf(schema, filter.left), lookupsOf(schema, filter.right)]
      if (left === undefined || right === undefined) return left ?? right
      return cost(right) < cost(left) ? right : left
    }
    case 'or': {
      const [left, right] = [lookupsOf(schema, filter.left), lookupsOf(schema, filter.right)]
      return left && right && [...left, ...right]
    }
    case 'value':
      return filter.path.sub === undefined ? lookupsOf(schema, within(filter.path, filter.filter)) : undefined
    case 'compare': {
      const { comparison, value, path } = filter
      if (path.name.toLowerCase() === 'active' && comparison === 'eq' && /^false$/i.test(String(value)))
        return [{ by: 'disabled' }]
      if (typeof value !== 'string' || value === '' || (comparison !== 'eq' && comparison !== 'sw'))
        return undefined
      const lookup = indexes[schema.name].get(keyOf(path))?.[comparison]
      return lookup && [lookup(value)]
    }
    default:
      return undefined
  }
}

const keyOf = ({ name, sub }: AttributePath): string =>
  (sub === undefined ? name : `${name}.${sub}`).toLowerCase()

/** `emails[value eq "x"]` as `emails.value eq "x"`: the records among which it must be looked for are the same. */
function within(path: AttributePath, filter: Filter): Filter {
  switch (filter.is) {
    case 'and':
    case 'or':
      return { ...filter, left: within(path, filter.left), right: within(path, filter.right) }
    case 'not':
      return { ...filter, filter: within(path, filter.filter) }
    case 'compare':
    case 'present':
      return { ...filter, path: { ...path, sub: filter.path.name } }
    case 'value':
      return filter
  }
}

/** Fewer records first. Membership goes before everything, so that the members of a large group need not be read. */
const costs: Readonly<Record<DirectoryLookup['by'], number>> = {
  member: 0,
  id: 1,
  name: 1,
  externalId: 1,
  email: 2,
  displayNames: 3,
  addresses: 3,
  names: 3,
  group: 4,
  disabled: 5,
  everything: 9,
}
const cost = (lookups: readonly DirectoryLookup[]): number =>
  lookups.reduce((sum, { by }) => sum + costs[by], 0)
