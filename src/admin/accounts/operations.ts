// Operations on accounts. The first account manages the others; a caller of another account sees its own alone.
import { z } from 'zod'
import type { AccountView } from '../../iam/account/accounts.ts'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

const resource = 'arn:aws:chancery::<account>:account/<id>'
const name = z.string().trim().min(1).max(128).describe('what people call the account')
const oneAccount = z.strictObject({
  account: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .describe('twelve digits'),
})
const oneGuardrail = oneAccount.extend({
  guardrail: z
    .string()
    .regex(/^[\w+=,.@-]{1,128}$/, { error: 'must be 1 to 128 of A-Z a-z 0-9 _+=,.@-' })
    .describe('name of the guardrail'),
})

const account = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  alias: z.string().optional(),
  state: z.enum(['open', 'closed']),
  first: z.boolean().describe('whether it manages the others'),
  createdAt: z.iso.datetime(),
  guardrails: z
    .array(z.strictObject({ name: z.string(), document: z.string() }))
    .optional()
    .describe('policies that limit everybody in the account; absent: nothing is limited'),
})

const accountAnswer = (from: AccountView): z.input<typeof account> => ({
  id: from.id,
  ...(from.name !== undefined && { name: from.name }),
  ...(from.alias !== undefined && { alias: from.alias }),
  state: from.closedAt === undefined ? 'open' : 'closed',
  first: from.first,
  createdAt: instant(from.createdAt),
  ...(from.guardrails !== undefined && { guardrails: [...from.guardrails] }),
})

const arnOf = (call: Call, id: string): string => `arn:aws:chancery::${accountOf(call.caller)}:account/${id}`

async function target(
  { accounts }: UseCases,
  call: Call,
  { account: id }: { readonly account: string },
): Promise<Target<AccountView>> {
  const value = await accounts.find(call, id)
  return { arn: arnOf(call, id), value, version: value?.version }
}

/** Of changes: an account that does not manage the others changes none, not even itself. */
async function managed(
  use: UseCases,
  call: Call,
  input: { readonly account: string },
): Promise<Target<AccountView>> {
  const found = await target(use, call, input)
  return use.accounts.manages(call) ? found : { arn: found.arn, value: undefined }
}

const changed = (before: AccountView, after: AccountView) => ({
  answer: accountAnswer(after),
  version: after.version,
  before: accountAnswer(before),
  after: accountAnswer(after),
})

const common = { resource, params: oneAccount, query: nothing, answer: account }

const accountsThemselves: readonly Operation[] = [
  operation({
    name: 'ListAccounts',
    method: 'GET',
    path: '/accounts',
    summary: 'list accounts',
    resource,
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(account),
    command: { words: 'account list', columns: ['id', 'name', 'alias', 'state', 'createdAt'] },
    target: (_, call) => ({ arn: arnOf(call, '*'), value: true }),
    async run({ accounts }, { call, input }) {
      const read = (list: string, request: Parameters<typeof accounts.list>[2]) =>
        accounts.list(call, list, request)
      const list = 'accounts'
      return { answer: await page({ markers: accounts.markers, call, list }, input, read, accountAnswer) }
    },
  }),
  operation({
    ...common,
    name: 'GetAccount',
    method: 'GET',
    path: '/accounts/:account',
    summary: 'show one account with its guardrails',
    body: nothing,
    command: { words: 'account get' },
    target,
    run: async (_, { target: found }) => ({ answer: accountAnswer(found), version: found.version }),
  }),
  operation({
    name: 'CreateAccount',
    method: 'POST',
    path: '/accounts',
    summary: 'create an account, its administrator, and a one-time link with which they choose a password',
    resource,
    params: nothing,
    query: nothing,
    body: z.strictObject({
      name,
      administrator: z
        .string()
        .regex(/^[\w+=,.@-]{1,64}$/, { error: 'must be 1 to 64 of A-Z a-z 0-9 _+=,.@-' })
        .default('admin')
        .describe('name of the first user, who has AdministratorAccess; default `admin`'),
      accessKey: z.boolean().default(false).describe('also make an access key of the administrator'),
    }),
    answer: z.strictObject({
      account,
      signInName: z.string().describe('what the administrator enters as user name'),
      url: z.string().describe('give it to the administrator alone; it is not shown again'),
      expiresAt: z.iso.datetime(),
      accessKeyId: z.string().optional(),
      secretAccessKey: z.string().optional(),
    }),
    status: 201,
    command: { words: 'account create' },
    target: ({ accounts }, call) => ({
      arn: arnOf(call, '*'),
      value: accounts.manages(call) ? true : undefined,
    }),
    async run({ accounts, links, linkUrl }, { call, input }) {
      const made = await accounts.create(call, input)
      const link = await links.create(made.administrator, linkSeconds)
      const answer = {
        account: accountAnswer(made.account),
        signInName: `${made.account.id}/${made.administrator.name}`,
        url: linkUrl(link.token),
        expiresAt: instant(link.expiresAt),
        ...(made.accessKey && {
          accessKeyId: made.accessKey.id,
          secretAccessKey: made.accessKey.secret.reveal(),
        }),
      }
      return { answer, version: made.account.version, after: accountAnswer(made.account) }
    },
  }),
  operation({
    ...common,
    name: 'UpdateAccount',
    method: 'PATCH',
    path: '/accounts/:account',
    summary: 'rename an account',
    body: z.strictObject({ name }),
    command: { words: 'account update' },
    target: managed,
    run: async ({ accounts }, { input, target: before }) =>
      changed(before, await accounts.rename(before.id, input.name)),
  }),
  operation({
    ...common,
    name: 'CloseAccount',
    method: 'POST',
    path: '/accounts/:account/close',
    summary:
      'close an account: nobody of it signs in, its keys, sessions and roles are refused; its data is kept',
    body: nothing,
    command: { words: 'account close' },
    target: managed,
    run: async ({ accounts }, { call, target: before }) =>
      changed(before, await accounts.close(call, before.id)),
  }),
  operation({
    ...common,
    name: 'ReopenAccount',
    method: 'POST',
    path: '/accounts/:account/reopen',
    summary: 'open a closed account again',
    body: nothing,
    command: { words: 'account reopen' },
    target: managed,
    run: async ({ accounts }, { target: before }) => changed(before, await accounts.reopen(before.id)),
  }),
]

/** Three days. */
const linkSeconds = 72 * 3600

const guardrails: readonly Operation[] = [
  operation({
    ...common,
    params: oneGuardrail,
    name: 'PutAccountGuardrail',
    method: 'PUT',
    path: '/accounts/:account/guardrails/:guardrail',
    summary: 'set a guardrail: an action in the account must be allowed by one guardrail and denied by none',
    body: z.strictObject({ document: z.string().min(1).max(20_000).describe('policy document, JSON') }),
    command: { words: 'account put-guardrail' },
    target: managed,
    run: async ({ accounts }, { input, target: before }) =>
      changed(before, await accounts.putGuardrail(before.id, input.guardrail, input.document)),
  }),
  operation({
    ...common,
    params: oneGuardrail,
    name: 'DeleteAccountGuardrail',
    method: 'DELETE',
    path: '/accounts/:account/guardrails/:guardrail',
    summary: 'delete a guardrail; the last one stays',
    body: nothing,
    command: { words: 'account delete-guardrail' },
    target: managed,
    run: async ({ accounts }, { input, target: before }) =>
      changed(before, await accounts.deleteGuardrail(before.id, input.guardrail)),
  }),
]

export const accountOperations: readonly Operation[] = [...accountsThemselves, ...guardrails]
