// Actions that answer with what they were given, so that a client shows what the codec did in both directions.
import type { AwsAction, AwsActions } from '../../src/aws/action.ts'
import { Problem } from '../../src/problem.ts'
import { account, type Harness } from '../support/aws-endpoint.ts'
import { claimsOf } from '../support/session-claims.ts'

/** What a tag may hold, and forms and signatures find hard. */
export const hardTag = 'ü ሴ  _.:/=+-@'

/** Everything XML, forms and signatures find hard. */
export const hard = 'ü ሴ 😀 <&>"\' + %41 = / \\ ~*!()\ttab'

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5))
const user = (name: unknown, more: object = {}) => ({
  Path: '/',
  UserName: name,
  UserId: 'AIDAEXAMPLE0000000001',
  Arn: `arn:aws:iam::${account}:user/${name}`,
  CreateDate: at,
  ...more,
})

export const echoIam: AwsActions = new Map<string, AwsAction>([
  ['CreateUser', async (input) => ({ User: user(input['UserName'], { Tags: input['Tags'] }) })],
  ['ListUsers', async () => ({ Users: [hard, 'b'].map((name) => user(name)), IsTruncated: false })],
  ['DeleteUser', async () => ({})],
  ['GetAccountSummary', async () => ({ SummaryMap: { Users: 3, Groups: 0 } })],
  [
    'CreateVirtualMFADevice',
    async () => ({
      VirtualMFADevice: {
        SerialNumber: 'arn:mfa/x',
        Base32StringSeed: Buffer.from('JBSWY3DP'),
        QRCodePNG: Buffer.from([0x89, 0x50]),
      },
    }),
  ],
  [
    'GetUser',
    async () => {
      throw new Problem('not_found', 'The user with name ghost cannot be found.')
    },
  ],
  [
    'PutUserPolicy',
    async (input) => {
      if (input['PolicyDocument'] !== hard.replace(/[^\x20-\xff\t]/g, ''))
        throw new Problem('malformed_policy', String(input['PolicyDocument']))
      return {}
    },
  ],
])

export const echoSts = (server: () => Harness): AwsActions =>
  new Map<string, AwsAction>([
    [
      'GetCallerIdentity',
      async (_input, { caller }) => {
        if (caller.kind === 'anonymous') throw new Problem('missing_credentials', 'none')
        return { UserId: 'id', Account: caller.accountId, Arn: caller.arn }
      },
    ],
    ['AssumeRole', (input) => assumed(server(), input['RoleSessionName'])],
    [
      'AssumeRoleWithWebIdentity',
      async (input) => ({
        ...(await assumed(server(), input['RoleSessionName'])),
        SubjectFromWebIdentityToken: input['WebIdentityToken'],
      }),
    ],
  ])

async function assumed(server: Harness, name: unknown) {
  const session = await server.session()
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey.reveal(),
      SessionToken: session.token,
      Expiration: new Date(session.expiration * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: `AROADEPLOY:${name}`, Arn: claimsOf(session).sub },
    PackedPolicySize: 6,
  }
}
