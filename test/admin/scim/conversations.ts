// What Microsoft Entra and Okta send, in the shapes that their documentation has ("Develop and plan provisioning for a SCIM
// endpoint" of Microsoft Learn; "SCIM Protocol" of Okta's developer documentation), as data. `{name}` in paths and bodies is an
// id that an earlier step saved.
import { enterpriseUrn, groupUrn, patchUrn, userUrn } from './client.ts'

export interface Step {
  readonly title: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly status: number
  /** Members that the answer has. */
  readonly has?: object
  /** Members that it has not. */
  readonly lacks?: readonly string[]
  /** Saves the answer's id under this name. */
  readonly save?: string
}

const filtered = (path: string, filter: string): string => `${path}?filter=${encodeURIComponent(filter)}`
const patch = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations })
const found = (count: number) => ({ totalResults: count })

const entra: readonly Step[] = [
  {
    title: 'the connection is tested with a user name that nobody has',
    method: 'GET',
    path: filtered('/Users', 'userName eq "non-existent user"'),
    status: 200,
    has: { ...found(0), Resources: [], startIndex: 1 },
  },
  {
    title: 'a user is created with attributes that are not stored here',
    method: 'POST',
    path: '/Users',
    body: {
      schemas: [userUrn, enterpriseUrn],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'Test_User_ab6490ee@example.com',
      active: true,
      displayName: 'lennay',
      emails: [{ primary: true, type: 'work', value: 'Test_User_fd0ea19b@example.com' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
      roles: [],
      title: 'Engineer',
      [enterpriseUrn]: { department: 'Research', manager: { value: '1' } },
    },
    status: 201,
    has: {
      userName: 'Test_User_ab6490ee@example.com',
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      active: true,
      displayName: 'lennay',
      name: { familyName: 'familyName', givenName: 'givenName' },
      meta: { resourceType: 'User' },
    },
    lacks: ['title', enterpriseUrn],
    save: 'user',
  },
  { title: 'it is read', method: 'GET', path: '/Users/{user}', status: 200, has: { active: true } },
  {
    title: 'it is found by name in another case',
    method: 'GET',
    path: filtered('/Users', 'userName eq "test_user_AB6490EE@example.com"'),
    status: 200,
    has: { ...found(1), itemsPerPage: 1 },
  },
  {
    title: 'it is found by external id',
    method: 'GET',
    path: filtered('/Users', 'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"'),
    status: 200,
    has: found(1),
  },
  {
    title: 'it is found by its work address',
    method: 'GET',
    path: filtered('/Users', 'emails[type eq "work"].value eq "Test_User_fd0ea19b@example.com"'),
    status: 200,
    has: found(1),
  },
  {
    title: 'it is found by its address, as the RFC writes it',
    method: 'GET',
    path: filtered('/Users', 'emails[type eq "work" and value eq "TEST_user_fd0ea19b@example.com"]'),
    status: 200,
    has: found(1),
  },
  {
    title: 'several values are replaced, by paths with filters',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch(
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@example.com' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '+1 425 555 0100' },
      { op: 'Add', path: `${enterpriseUrn}:department`, value: 'Sales' },
      { op: 'Replace', path: `${userUrn}:displayName`, value: 'Updated' },
    ),
    status: 200,
    has: {
      emails: [{ value: 'updatedEmail@example.com' }],
      name: { familyName: 'updatedFamilyName', givenName: 'givenName', formatted: 'Updated' },
      phoneNumbers: [{ value: '+1 425 555 0100', type: 'work' }],
    },
  },
  {
    title: 'values without a path whose keys are paths are replaced',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({
      op: 'replace',
      value: {
        displayName: 'Other',
        'name.givenName': 'Second',
        'emails[type eq "work"].value': 'third@example.com',
        [`${enterpriseUrn}:employeeNumber`]: '7',
      },
    }),
    status: 200,
    has: { displayName: 'Other', name: { givenName: 'Second' }, emails: [{ value: 'third@example.com' }] },
  },
  {
    title: 'a value is removed',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({ op: 'Remove', path: 'phoneNumbers[type eq "work"]' }),
    status: 200,
    lacks: ['phoneNumbers'],
  },
  {
    title: 'the user name is replaced',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({ op: 'Replace', path: 'userName', value: '5b50642d@example.com' }),
    status: 200,
    has: { userName: '5b50642d@example.com' },
  },
  {
    title: 'the user is disabled, with the value as text',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({ op: 'Replace', path: 'active', value: 'False' }),
    status: 200,
    has: { active: false },
  },
  {
    title: 'the user is enabled',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({ op: 'Replace', path: 'active', value: 'True' }),
    status: 200,
    has: { active: true },
  },
  {
    title: 'a group is created',
    method: 'POST',
    path: '/Groups',
    body: {
      schemas: [groupUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'Sales Team (EMEA)',
      meta: { resourceType: 'Group' },
    },
    status: 201,
    has: { displayName: 'Sales Team (EMEA)', externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159' },
    lacks: ['members'],
    save: 'group',
  },
  {
    title: 'it is read without members',
    method: 'GET',
    path: '/Groups/{group}?excludedAttributes=members',
    status: 200,
    has: { displayName: 'Sales Team (EMEA)' },
  },
  {
    title: 'it is found by display name',
    method: 'GET',
    path: `${filtered('/Groups', 'displayName eq "sales team (emea)"')}&excludedAttributes=members`,
    status: 200,
    has: found(1),
  },
  {
    title: 'the group is renamed',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch({
      op: 'Replace',
      path: 'displayName',
      value: '1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName',
    }),
    status: 200,
    has: { displayName: '1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName' },
  },
  {
    title: 'a member is added',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: '{user}' }] }),
    status: 200,
    has: { members: [{ value: '{user}', type: 'User' }] },
  },
  {
    title: 'membership is asked for',
    method: 'GET',
    path: filtered('/Groups', 'id eq "{group}" and members eq "{user}"'),
    status: 200,
    has: found(1),
  },
  {
    title: 'the user shows the group',
    method: 'GET',
    path: '/Users/{user}',
    status: 200,
    has: { groups: [{ value: '{group}', type: 'direct' }] },
  },
  {
    title: 'the member is removed by value',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch({ op: 'Remove', path: 'members', value: [{ $ref: null, value: '{user}' }] }),
    status: 200,
    lacks: ['members'],
  },
  { title: 'the group is deleted', method: 'DELETE', path: '/Groups/{group}', status: 204 },
  { title: 'the user is deleted', method: 'DELETE', path: '/Users/{user}', status: 204 },
  {
    title: 'it is gone',
    method: 'GET',
    path: '/Users/{user}',
    status: 404,
    has: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' },
  },
]

const oktaUser = {
  schemas: [userUrn],
  userName: 'test.user@okta.local',
  name: { givenName: 'Test', familyName: 'User' },
  emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
  displayName: 'Test User',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  active: true,
}

const okta: readonly Step[] = [
  {
    title: 'users are counted before an import',
    method: 'GET',
    path: '/Users?startIndex=1&count=2',
    status: 200,
    has: { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], startIndex: 1 },
  },
  {
    title: 'the user is looked for',
    method: 'GET',
    path: `${filtered('/Users', 'userName eq "test.user@okta.local"')}&startIndex=1&count=100`,
    status: 200,
    has: { ...found(0), startIndex: 1, itemsPerPage: 0 },
  },
  {
    title: 'it is created with a password',
    method: 'POST',
    path: '/Users',
    body: { ...oktaUser, password: '1mz050nq-Long-Enough!' },
    status: 201,
    has: { userName: 'test.user@okta.local', name: { givenName: 'Test' }, locale: 'en-US' },
    lacks: ['password'],
    save: 'user',
  },
  {
    title: 'creating it again is a conflict',
    method: 'POST',
    path: '/Users',
    body: oktaUser,
    status: 409,
    has: { scimType: 'uniqueness', status: '409' },
  },
  {
    title: 'the whole user is replaced',
    method: 'PUT',
    path: '/Users/{user}',
    body: {
      ...oktaUser,
      id: '{user}',
      name: { givenName: 'Another', middleName: 'Excited', familyName: 'User' },
      meta: { resourceType: 'User' },
    },
    status: 200,
    has: { name: { givenName: 'Another', familyName: 'User' }, active: true },
  },
  {
    title: 'it is deactivated by a value without a path',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch({ op: 'replace', value: { active: false } }),
    status: 200,
    has: { active: false },
  },
  {
    title: 'it is reactivated, and its password synchronised',
    method: 'PATCH',
    path: '/Users/{user}',
    body: patch(
      { op: 'replace', value: { active: true } },
      { op: 'replace', value: { password: 'new-Long-Enough-1!' } },
    ),
    status: 200,
    has: { active: true },
    lacks: ['password'],
  },
  {
    title: 'a group is pushed',
    method: 'POST',
    path: '/Groups',
    body: { schemas: [groupUrn], displayName: 'Test SCIMv2', members: [] },
    status: 201,
    has: { displayName: 'Test SCIMv2' },
    save: 'group',
  },
  {
    title: 'its name is replaced by a value that has its id',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch({ op: 'replace', value: { id: '{group}', displayName: 'Test SCIMv2 renamed' } }),
    status: 200,
    has: { displayName: 'Test SCIMv2 renamed' },
  },
  {
    title: 'members are removed and added in one request',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch(
      { op: 'remove', path: 'members[value eq "AIDANOBODYTHERE"]' },
      { op: 'add', path: 'members', value: [{ value: '{user}', display: 'test.user@okta.local' }] },
    ),
    status: 200,
    has: { members: [{ value: '{user}' }] },
  },
  {
    title: 'groups are listed with members',
    method: 'GET',
    path: '/Groups?startIndex=1&count=100',
    status: 200,
    has: { ...found(1), Resources: [{ members: [{ value: '{user}' }] }] },
  },
  {
    title: 'the whole group is replaced',
    method: 'PUT',
    path: '/Groups/{group}',
    body: { schemas: [groupUrn], id: '{group}', displayName: 'Test SCIMv2', members: [] },
    status: 200,
    lacks: ['members'],
  },
  { title: 'the group is deleted', method: 'DELETE', path: '/Groups/{group}', status: 204 },
]

export const conversations = { entra, okta }
