// Records for tests of the store.
import { Secret } from '../../src/secure/secret.ts'
import { spentLonger } from '../../src/store/kinds.ts'
import type {
  AccessKey,
  Artifact,
  Counter,
  Delivery,
  Group,
  Policy,
  Setting,
  Spent,
  User,
} from '../../src/store/records.ts'

export const account = '111122223333'
export const epoch = 1_800_000_000

const bearer = (id: string, name: string) => ({
  id,
  accountId: account,
  name,
  path: '/',
  createdAt: epoch,
  inline: [],
  attached: [],
})

export const user = (id: string, more: Partial<User> = {}): User => ({
  ...bearer(id, id),
  groups: [],
  tags: [],
  boundary: undefined,
  login: undefined,
  passwordLastUsed: undefined,
  email: undefined,
  emailVerified: false,
  displayName: undefined,
  disabled: false,
  recoveryCodes: [],
  ...more,
})

export const group = (id: string, more: Partial<Group> = {}): Group => ({ ...bearer(id, id), ...more })

export const policy = (id: string, more: Partial<Policy> = {}): Policy => ({
  id,
  accountId: account,
  name: id,
  path: '/',
  arn: `arn:aws:iam::${account}:policy/${id}`,
  description: undefined,
  createdAt: epoch,
  updatedAt: epoch,
  versions: [{ id: 'v1', document: '{}', createdAt: epoch }],
  defaultVersion: 'v1',
  nextVersion: 2,
  tags: [],
  ...more,
})

export const setting = (id: string, value = 'v'): Setting => ({ id, accountId: account, value })

export const counter = (id: string, expiresAt = epoch + 3600): Counter => ({
  id,
  accountId: account,
  count: 0,
  since: epoch,
  expiresAt,
})

/** Leaves the store at `forgottenAt`. */
export const spent = (id: string, forgottenAt = epoch + 3600): Spent => ({
  id,
  accountId: account,
  expiresAt: forgottenAt - spentLonger,
})

export const delivery = (id: string, more: Partial<Delivery> = {}): Delivery => ({
  id,
  accountId: account,
  clientId: 'wiki',
  userId: 'AIDAX',
  tries: 0,
  nextAt: epoch,
  expiresAt: epoch + 3600,
  ...more,
})

export const accessKey = (id: string, secret: string): AccessKey => ({
  id,
  accountId: account,
  userId: 'AIDAX',
  secret: new Secret(secret),
  status: 'Active',
  createdAt: epoch,
  lastUsed: undefined,
})

export const artifact = (id: string, more: Partial<Artifact> = {}): Artifact => ({
  id,
  accountId: account,
  model: 'Session',
  payload: new Secret('{}'),
  grantId: undefined,
  uid: undefined,
  userCode: undefined,
  subject: undefined,
  clientId: undefined,
  consumedAt: undefined,
  expiresAt: undefined,
  ...more,
})

/** As engines give records back: fields that are undefined are absent. */
export const stored = <R extends object>(record: R): R =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as R
