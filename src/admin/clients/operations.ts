// Operations on clients, the applications that sign people in here. They belong to the whole server, so only callers of its
// first account find them.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { clientArn } from '../../oidc/clients/access.ts'
import { groupById } from '../../oidc/clients/access-groups.ts'
import type { ManagedClientView } from '../../oidc/clients/administration.ts'
import type { ClientEntry } from '../../oidc/clients/stored.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { readableGroupsNamed } from '../people/groups-of-request.ts'
import type { UseCases } from '../use-cases.ts'
import { authorizeDecisions, trustAction, trustPermissions } from './permissions.ts'
import {
  client,
  clientAnswer,
  clientChangeMembers,
  newClientId,
  newClientMembers,
  secretAnswer,
} from './schemas.ts'

const nothing = z.strictObject({})
const clientId = z.string().min(1).max(128)
const oneClient = z.strictObject({ client: clientId.describe('client_id') })
const resource = 'arn:aws:oidc::<account>:client/<client_id>'

const isOwner = ({ serverAccountId }: UseCases, { caller }: Call): boolean =>
  accountOf(caller) === serverAccountId

async function clientTarget(
  use: UseCases,
  call: Call,
  { client: id }: { readonly client: string },
): Promise<Target<ManagedClientView>> {
  const found = isOwner(use, call) ? await use.clients.find(id) : undefined
  return { arn: clientArn(use.serverAccountId, id), value: found, version: found?.version }
}

const answerOf = (use: UseCases, view: ManagedClientView) =>
  clientAnswer(view, clientArn(use.serverAccountId, view.clientId))

/**
 * The entry of a request, with ids in place of the names of groups.
 * @param before of a client that is changed
 * @throws Problem('validation') with every name that no group has, or none that the caller may read
 */
async function withGroupsById(
  use: UseCases,
  call: Call,
  entry: ClientEntry,
  before: ClientEntry = {},
): Promise<ClientEntry> {
  const names = entry['access_groups']
  if (!Array.isArray(names)) return entry
  const known = before['access_groups']
  const groups = await readableGroupsNamed(use, call, 'access_groups', {
    names: names.map(String),
    known: Array.isArray(known) ? known.map(String) : [],
  })
  return { ...entry, access_groups: [...new Set(groups.map(({ id }) => groupById(id)))] }
}

/** What is left out stays. Null, which removes a member, gives nothing. */
const changedEntry = (before: ClientEntry, change: ClientEntry): ClientEntry => ({ ...before, ...change })

const common = { resource, params: oneClient, query: nothing, target: clientTarget }

export const clientOperations: readonly Operation[] = [
  operation({
    name: 'ListClients',
    method: 'GET',
    path: '/clients',
    summary:
      'list clients: those of the configuration file, of the store, and those that registered themselves',
    resource: 'arn:aws:oidc::<account>:client/*',
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      search: z.string().min(1).max(128).optional().describe('beginning of client_id or name'),
      source: z.enum(['file', 'stored', 'registered']).optional(),
      state: z.enum(['enabled', 'disabled']).optional(),
    }),
    body: nothing,
    answer: listOf(client),
    command: { words: 'clients list', columns: ['clientId', 'name', 'source', 'state', 'access'] },
    target: (use, call) => ({
      arn: clientArn(use.serverAccountId, '*'),
      value: isOwner(use, call) ? true : undefined,
    }),
    async run(use, { call, input: { search, source, state, ...paging } }) {
      const filter = { search, source, state }
      const { markers } = use
      const answer = await page(
        { markers, call, list: `clients ${JSON.stringify(filter)}` },
        paging,
        (list, request) => use.clients.list({ markers, call, list }, filter, request),
        (view) => answerOf(use, view),
      )
      return { answer }
    },
  }),
  operation({
    ...common,
    name: 'GetClient',
    method: 'GET',
    path: '/clients/:client',
    summary: 'show one client, without its secrets',
    body: nothing,
    answer: client,
    command: { words: 'clients get' },
    run: async (use, { target }) => ({ answer: answerOf(use, target), version: target.version }),
  }),
  operation({
    name: 'CreateClient',
    method: 'POST',
    path: '/clients',
    summary: 'create a client; its secret, when it has one, is shown this once',
    resource,
    also: [trustAction],
    params: nothing,
    query: nothing,
    body: z.strictObject({ client_id: newClientId.optional(), ...newClientMembers }),
    answer: client.extend({ secret: secretAnswer.optional() }),
    status: 201,
    command: { words: 'clients create' },
    target(use, call, { client_id: id, ...given }) {
      const arn = clientArn(use.serverAccountId, typeof id === 'string' ? id : '*')
      const value = isOwner(use, call) ? true : undefined
      return { arn, value, also: trustPermissions(arn, undefined, given) }
    },
    async run(use, { call, input }) {
      const { client_id: id, ...given } = input
      await authorizeDecisions(use, call, undefined, given)
      const entry = await withGroupsById(use, call, given)
      const made = await use.clients.create(
        typeof id === 'string' ? id : undefined,
        entry,
        call.circumstances.now,
      )
      const after = answerOf(use, made.client)
      const answer = { ...after, ...(made.secret && { secret: made.secret }) }
      return { answer, version: made.client.version, after }
    },
  }),
  operation({
    ...common,
    name: 'UpdateClient',
    method: 'PATCH',
    path: '/clients/:client',
    summary: 'change metadata and who may use it; what is left out stays, null removes',
    also: [trustAction],
    body: z.strictObject(clientChangeMembers),
    answer: client,
    command: { words: 'clients update' },
    async target(use, call, input) {
      const found = await clientTarget(use, call, input)
      if (found.value === undefined) return found
      const { metadata } = found.value
      return { ...found, also: trustPermissions(found.arn, metadata, changedEntry(metadata, input)) }
    },
    async run(use, { call, input, target, expect }) {
      const { client: _, ...given } = input
      await authorizeDecisions(use, call, target.metadata, changedEntry(target.metadata, given))
      const change = await withGroupsById(use, call, given, target.metadata)
      const changed = await use.clients.update(target, change, expect, call.circumstances.now)
      const after = answerOf(use, changed.after)
      return { answer: after, version: changed.after.version, before: answerOf(use, changed.before), after }
    },
  }),
  ...(['disable', 'enable'] as const).map((verb) =>
    operation({
      ...common,
      name: verb === 'disable' ? 'DisableClient' : 'EnableClient',
      method: 'POST',
      path: `/clients/:client/${verb}`,
      summary:
        verb === 'disable'
          ? 'disable: no sign-in and no tokens; sessions of roles that it made end'
          : 'enable again; its refresh tokens go on, sessions of roles that ended stay ended',
      body: nothing,
      answer: client,
      command: { words: `clients ${verb}` },
      async run(use, { call, target, expect }) {
        const { now } = call.circumstances
        const changed = await use.clients.setDisabled(target, verb === 'disable', expect, now)
        const after = answerOf(use, changed.after)
        return { answer: after, version: changed.after.version, before: answerOf(use, changed.before), after }
      },
    }),
  ),
  operation({
    ...common,
    name: 'DeleteClient',
    method: 'DELETE',
    path: '/clients/:client',
    summary: 'delete; no sign-in and no tokens, sessions of roles that it made end',
    body: nothing,
    answer: z.undefined(),
    command: { words: 'clients delete' },
    async run(use, { call, target, expect }) {
      await use.clients.remove(target, expect, call.circumstances.now)
      return { answer: undefined, before: answerOf(use, target) }
    },
  }),
  operation({
    ...common,
    name: 'CreateClientSecret',
    method: 'POST',
    path: '/clients/:client/secrets',
    summary: 'add a second secret, shown this once; the one before stays valid until it is deleted',
    body: nothing,
    answer: secretAnswer,
    status: 201,
    command: { words: 'clients add-secret' },
    async run(use, { call, target, expect }) {
      const made = await use.clients.addSecret(target, expect, call.circumstances.now)
      return {
        answer: made.secret,
        version: made.after.version,
        before: answerOf(use, made.before),
        after: answerOf(use, made.after),
      }
    },
  }),
  operation({
    ...common,
    name: 'DeleteClientSecret',
    method: 'DELETE',
    path: '/clients/:client/secrets/:secret',
    summary: 'delete a secret; a client keeps at least one',
    params: z.strictObject({
      client: clientId.describe('client_id'),
      secret: z.string().min(1).max(64).describe('id of the secret'),
    }),
    body: nothing,
    answer: client,
    command: { words: 'clients delete-secret' },
    async run(use, { call, input, target, expect }) {
      const { now } = call.circumstances
      const changed = await use.clients.removeSecret(target, input.secret, expect, now)
      const after = answerOf(use, changed.after)
      return { answer: after, version: changed.after.version, before: answerOf(use, changed.before), after }
    },
  }),
]
