// Operations on the SMTP server of the configuration file. It belongs to the whole server, so only callers of its first account
// find it.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { nothing } from '../people/target.ts'
import type { MailServer, UseCases } from '../use-cases.ts'

export const mailServer = z.strictObject({
  configured: z.boolean().describe('false: the configuration file has no `mail:`, and nothing is sent'),
  host: z.string().optional(),
  port: z.int().optional(),
  security: z.enum(['starttls', 'tls', 'none']).optional(),
  user: z.string().optional().describe('name to sign in with there'),
  from: z.string().optional(),
  replyTo: z.string().optional(),
  bouncesTo: z.string().optional().describe('envelope sender'),
})

export const mailTest = z.strictObject({
  to: z.string(),
  accepted: z.boolean().describe('whether the mail server took the message'),
  answer: z.string().describe('its reply, or why there was none'),
})

function answerOf({ settings }: MailServer): z.input<typeof mailServer> {
  if (settings === undefined) return { configured: false }
  const { user, replyTo, ...always } = settings
  return {
    configured: true,
    ...always,
    ...(user !== undefined && { user }),
    ...(replyTo !== undefined && { replyTo }),
  }
}

const target = (use: UseCases, { caller }: Call): Target<true> => ({
  arn: `arn:aws:chancery::${use.serverAccountId}:mail-server`,
  value: accountOf(caller) === use.serverAccountId ? true : undefined,
})

const common = {
  resource: 'arn:aws:chancery::<account>:mail-server',
  params: nothing,
  query: nothing,
  body: nothing,
  target,
}

export const mailServerOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetMailServer',
    method: 'GET',
    path: '/mail-server',
    summary: 'show the mail server that the configuration file has',
    answer: mailServer,
    command: { words: 'mail-server get' },
    run: async (use) => ({ answer: answerOf(use.mailServer) }),
  }),
  operation({
    ...common,
    name: 'TestMailServer',
    method: 'POST',
    path: '/mail-server/test',
    summary: 'send a test message to your own e-mail address, and show what the mail server answered',
    answer: mailTest,
    command: { words: 'mail-server test' },
    async run({ mailServer: server, people }, { call }) {
      const { caller } = call
      const own = caller.kind === 'user' ? await people.find(call, caller.userId) : undefined
      if (own?.email === undefined)
        throw new Problem(
          'validation',
          'the message goes to your own e-mail address, and you have none: `chancery mail test --to` sends one elsewhere',
        )
      const attempt = await server.sendTest({ ...own, accountId: accountOf(caller) }, own.email)
      const answer = { to: own.email, ...attempt }
      return { answer, after: attempt }
    },
  }),
]
