// Operations on the SMTP server. It belongs to the whole server, so only callers of its first account find it.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import { auditedCaller } from '../../iam/audit/audited-caller.ts'
import type { Call } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { instant } from '../instant.ts'
import { type Operation, operation, type Permission, type Target } from '../operation.ts'
import { everybodyPermissions } from '../people/everybody.ts'
import { nothing } from '../people/target.ts'
import type { MailOutbox, MailServerState, UseCases } from '../use-cases.ts'
import { mailServer, mailServerChange, mailTest } from './schemas.ts'

type Answer = z.input<typeof mailServer>

function answerOf({ source, settings, isStored }: MailServerState): Answer {
  const given = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined)
  return {
    configured: settings !== undefined,
    ...(source !== undefined && { source }),
    stored: isStored,
    ...Object.fromEntries(given),
  }
}

const outboxAnswer = ({ waiting, oldestAt, failure }: MailOutbox): Answer['outbox'] => ({
  waiting,
  ...(oldestAt !== undefined && { oldestAt: instant(oldestAt) }),
  ...(failure !== undefined && { failingSince: instant(failure.since), lastFailure: failure.reason }),
})

const arnOf = (use: UseCases): string => `arn:aws:chancery::${use.serverAccountId}:mail-server`

async function target(use: UseCases, { caller }: Call): Promise<Target<MailServerState>> {
  if (accountOf(caller) !== use.serverAccountId) return { arn: arnOf(use), value: undefined }
  const value = await use.mailServer.read()
  return { arn: arnOf(use), value, version: value.version }
}

/** To make a link for everybody who has an address. */
const linkPermissions = (use: UseCases, call: Call): Promise<readonly Permission[]> =>
  everybodyPermissions(use, call, ['CreateSignInLink'], ({ email }) => email !== undefined)

/** For the notice to administrators. */
const changedBy = ({ caller, circumstances }: Call) => ({
  who: auditedCaller(caller).who,
  sourceIp: circumstances.sourceIp,
})

const common = {
  path: '/mail-server',
  resource: 'arn:aws:chancery::<account>:mail-server',
  params: nothing,
  query: nothing,
}

export const mailServerOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetMailServer',
    method: 'GET',
    summary: 'show the mail server, where its settings come from, and what waits to be sent',
    body: nothing,
    answer: mailServer,
    command: { words: 'mail-server get' },
    target,
    run: async (use, { target: found }) => ({
      answer: { ...answerOf(found), outbox: outboxAnswer(await use.mailServer.outbox()) },
      version: found.version,
    }),
  }),
  operation({
    ...common,
    name: 'UpdateMailServer',
    method: 'PATCH',
    summary:
      'set up or change the mail server; what is left out stays, null removes it, and without user there is no password',
    body: mailServerChange,
    answer: mailServer,
    also: ['CreateSignInLink'],
    command: { words: 'mail-server update' },
    // The server that takes the messages reads the links for a new password in them (docs/attacks.md 17).
    named: (use) => ({ arn: arnOf(use) }),
    target: async (use, call) => ({ ...(await target(use, call)), also: await linkPermissions(use, call) }),
    async run(use, { call, input, expect }) {
      const { before, after } = await use.mailServer.change(input, changedBy(call), expect)
      const answer = answerOf(after)
      const passwordChanged = input.password !== undefined
      return {
        answer,
        version: after.version,
        before: answerOf(before),
        after: { ...answer, passwordChanged },
      }
    },
  }),
  operation({
    ...common,
    name: 'DeleteMailServer',
    method: 'DELETE',
    summary: 'remove the mail server that was set up; messages that wait are kept until their time is over',
    body: nothing,
    answer: z.undefined(),
    command: { words: 'mail-server delete' },
    target,
    async run(use, { call, expect }) {
      const before = await use.mailServer.remove(changedBy(call), expect)
      return { answer: undefined, before: answerOf(before) }
    },
  }),
  operation({
    ...common,
    name: 'TestMailServer',
    method: 'POST',
    path: '/mail-server/test',
    summary: 'send a test message, and show what the mail server answered',
    body: z.strictObject({
      to: z.string().max(254).optional().describe('e-mail address; by default your own'),
    }),
    answer: mailTest,
    command: { words: 'mail-server test' },
    // Not the version: a test needs no precondition.
    target: async (use, call) => ({ arn: arnOf(use), value: (await target(use, call)).value }),
    async run({ mailServer: server, people }, { call, input }) {
      const { caller } = call
      const own = caller.kind === 'user' ? await people.find(call, caller.userId) : undefined
      const to = input.to ?? own?.email
      if (to === undefined)
        throw new Problem(
          'validation',
          'the message goes to your own e-mail address, and you have none: add it to your profile, or give one with `to`',
        )
      const { accountId, who, actor } = auditedCaller(caller)
      const sender = { id: actor.id ?? who, name: own?.name ?? who, userId: own?.id, accountId }
      const { accepted, answer, problem, advice } = await server.sendTest(sender, to)
      const after = { accepted, answer, ...(problem !== undefined && { problem }) }
      return { answer: { to, ...after, ...(advice !== undefined && { advice }) }, after }
    },
  }),
]
