// What an administrator should look at.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import { findingKinds, mostOfKind } from '../../iam/report/findings.ts'
import { instant } from '../instant.ts'
import { type Operation, operation } from '../operation.ts'
import { nothing } from '../people/target.ts'

export const findings = z.strictObject({
  findings: z.array(
    z.strictObject({
      kind: z.enum(findingKinds),
      name: z
        .string()
        .describe('client id, name of a server certificate, id of a SCIM token, or name of a person'),
      detail: z
        .string()
        .optional()
        .describe('why the app fails, what the token is for, or the id of the access key'),
      at: z.iso
        .datetime()
        .optional()
        .describe(
          'last failure of the app, end of the certificate or token, last use or creation of the key',
        ),
    }),
  ),
  more: z
    .array(z.enum(findingKinds))
    .describe(`kinds of which there may be more: of each ${mostOfKind} are shown`),
  onlyFirst: z
    .int()
    .optional()
    .describe(
      'how many people, the first by name, were looked at for second factors and access keys; absent: all',
    ),
})

export const findingOperations: readonly Operation[] = [
  operation({
    name: 'GetFindings',
    method: 'GET',
    path: '/findings',
    summary:
      'show what needs somebody: apps that fail, certificates and tokens that end, people without a second factor, access keys unused for 90 days',
    resource: 'arn:aws:chancery::<account>:findings',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: findings,
    command: { words: 'findings get' },
    target: (_, { caller }) => ({ arn: `arn:aws:chancery::${accountOf(caller)}:findings`, value: true }),
    async run(use, { call }) {
      const { findings: found, more, onlyFirst } = await use.findings.of(call)
      return {
        answer: {
          findings: found.map(({ kind, name, detail, at }) => ({
            kind,
            name,
            ...(detail !== undefined && { detail }),
            ...(at !== undefined && { at: instant(at) }),
          })),
          more: [...more],
          ...(onlyFirst !== undefined && { onlyFirst }),
        },
      }
    },
  }),
]
