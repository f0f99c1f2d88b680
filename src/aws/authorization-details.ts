// `GET /authorization-details/<id>` (rest-json, signed for the service iam): GetRequestAuthorizationDetails of AWS's IAM Toolbox API, which
// says why a request was denied. DecodeAuthorizationMessage of STS answers from the same records.
import type { Context } from 'koa'
import type { DeniedRequest, ReadDeniedRequest } from '../iam/audit/request-authorization-details.ts'
import { Problem } from '../problem.ts'
import type { Authenticate } from '../sts/authentication/authenticate.ts'
import { newRequestId } from '../web/request/request-id.ts'
import type { Route } from '../web/route.ts'
import { faultOf } from './faults.ts'
import { receive } from './signed.ts'

export interface AuthorizationDetailsDependencies {
  readonly authenticate: Authenticate
  readonly readDenied: ReadDeniedRequest
  /** Epoch seconds. */
  readonly clock: () => number
}

export function authorizationDetailsRoute(deps: AuthorizationDetailsDependencies): Route {
  return {
    method: 'GET',
    path: '/authorization-details/:id',
    access: 'signed',
    async run(ctx) {
      const requestId = newRequestId()
      ctx.set('x-amzn-RequestId', requestId)
      ctx.set('cache-control', 'no-store')
      ctx.type = 'application/json'
      try {
        ctx.body = JSON.stringify(await details(deps, ctx, requestId))
      } catch (error) {
        const { code, status, message } = faultOf(error, 'iam')
        ctx.status = status
        ctx.set('x-amzn-ErrorType', code)
        ctx.body = JSON.stringify({ message })
      }
    },
  }
}

async function details(
  { authenticate, readDenied, clock }: AuthorizationDetailsDependencies,
  ctx: Context,
  requestId: string,
): Promise<object> {
  const { message, body } = await receive(ctx.req)
  const { caller, region, presigned } = await authenticate({ message, body, service: 'iam' })
  if (presigned) throw new Problem('denied', 'A presigned request may call GetCallerIdentity only')
  const userAgent = ctx.get('user-agent') || undefined
  const circumstances = { sourceIp: ctx.ip, secure: ctx.secure, userAgent, region, now: clock(), requestId }
  const { id = '' } = ctx['params'] as Readonly<Record<string, string>>
  const denied = await readDenied({ caller, circumstances }, 'iam:GetRequestAuthorizationDetails', id)
  const [first] = denied
  if (first === undefined)
    throw new Problem('not_found', 'No denied request of this account has this authorization id.')
  return { requestContext: requestContext(first), evaluations: denied.map(evaluation) }
}

/** What the audit entry keeps of the context: facts of the request, and the values that conditions were compared with. */
function requestContext({ record, decision }: DeniedRequest): Readonly<Record<string, unknown>> {
  const seen = decision.conditions.flatMap(({ key, seen: value }) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return Object.fromEntries([
    ...seen,
    ['aws:PrincipalArn', record.who],
    ['aws:SourceIp', record.sourceIp],
    ['aws:UserAgent', record.userAgent],
    ['aws:CurrentTime', new Date(record.at * 1000).toISOString()],
  ])
}

const effects = { allow: 'ALLOWED', explicit_deny: 'EXPLICIT_DENY', implicit_deny: 'IMPLICIT_DENY' } as const

const evaluation = ({ decision }: DeniedRequest): object => ({
  action: decision.action,
  resource: decision.resource,
  evaluatedEffect: decision.reason === 'allowed' ? 'ALLOWED' : effects[decision.reason],
  deniedBy: decision.layer,
  matchedPolicies: decision.layers.map(({ layer, said, statements }) => ({
    policyType: layer,
    evaluatedEffect: effects[said],
    matchedStatements: statements.map((sid) => ({ sid, evaluatedEffect: effects[said] })),
  })),
  failedConditions: decision.conditions,
  missingContextKeys: decision.missing,
  suggestion: decision.nearest,
})

/** The JSON text of DecodeAuthorizationMessage, in the members of AWS's. */
export function decodedMessage({ record, decision }: DeniedRequest): string {
  const matched = decision.layers.flatMap(({ layer, said, statements }) =>
    statements.map((statementId) => ({
      statementId,
      effect: said === 'allow' ? 'ALLOW' : 'DENY',
      policyType: layer,
    })),
  )
  return JSON.stringify({
    allowed: false,
    explicitDeny: decision.reason === 'explicit_deny',
    matchedStatements: { items: matched },
    failures: { items: decision.conditions },
    context: {
      principal: { id: record.actor?.id, arn: record.who },
      action: decision.action,
      resource: decision.resource,
      conditions: {
        items: decision.conditions.flatMap(({ key, seen }) =>
          seen === undefined ? [] : [{ key, values: { items: [seen].flat().map((value) => ({ value })) } }],
        ),
      },
    },
    deniedBy: decision.layer,
    missingContextKeys: decision.missing,
    suggestion: decision.nearest,
  })
}
