// `POST /` with `Action=…`: the AWS Query protocol. A request is read (signed.ts), parsed into parameters (form.ts), matched to its
// action by Action and Version, authenticated (sts/authenticate.ts), turned into typed input (query.ts) and given to a use case
// (iam.ts, sts.ts); the result is written as XML (xml.ts), a failure as a fault (faults.ts). No rule of IAM or STS is here.
// GET and presigned requests are accepted for GetCallerIdentity only: EKS and Vault send such a URL as a proof of identity, and
// nobody who reads it in a log may be able to do more with it.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller, Circumstances } from '../iam/caller.ts'
import { isProblem, Problem } from '../problem.ts'
import type { Authenticate, Authenticated } from '../sts/authenticate.ts'
import type { BodyLimits } from '../web/body.ts'
import type { AwsAction, AwsActions } from './action.ts'
import { faultOf } from './faults.ts'
import { type Form, readForm } from './form.ts'
import { wantsJson, writeJsonAnswer, writeJsonFault } from './json.ts'
import { type ActionModel, type ServiceModel, type ServiceName, serviceModel } from './model.ts'
import { readInput } from './query.ts'
import { type Received, receive } from './signed.ts'
import { type WireFault, writeAnswer, writeFault } from './xml.ts'

/** How a call ended, for the trail. */
export interface AwsOutcome {
  readonly service: ServiceName
  readonly action: string
  readonly caller: Caller
  readonly circumstances: Circumstances
  /** AWS's error code; undefined for a success. */
  readonly fault: string | undefined
  /** Whether the use case ran; use cases of iam/ and sts/ write their own audit entry. */
  readonly reached: boolean
  /** Detail for the log that the response does not show. */
  readonly detail: string | undefined
}

export interface AwsEndpointParts {
  readonly actions: Readonly<Record<ServiceName, AwsActions>>
  readonly authenticate: Authenticate
  /** Durable before the response is sent; when it fails, the response is ServiceUnavailable. */
  readonly audit?: (outcome: AwsOutcome) => Promise<void>
  /** Defaults to 1 MiB, 10 s. */
  readonly limits?: BodyLimits
  /** Epoch seconds. */
  readonly clock: () => number
  readonly clientAddress: (req: IncomingMessage) => string
  readonly isSecure: (req: IncomingMessage) => boolean
  /** Called with every internal error. */
  readonly onBug: (error: unknown, requestId: string) => void
}

export type AwsEndpoint = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** Actions without a signature: the token or assertion in the request authenticates the caller. */
const unsigned = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'])
const identityProof = 'GetCallerIdentity'

/** What is known of a request so far; a fault is written from it at any step. */
interface Exchange {
  readonly requestId: string
  readonly req: IncomingMessage
  service: ServiceModel | undefined
  action: ActionModel | undefined
  caller: Caller
  circumstances: Circumstances | undefined
  /** Past authentication: faults are the service's own. */
  entered: boolean
  reached: boolean
}

export function awsEndpoint(parts: AwsEndpointParts): AwsEndpoint {
  return async (req, res) => {
    const exchange: Exchange = {
      requestId: randomUUID(),
      req,
      service: undefined,
      action: undefined,
      caller: { kind: 'anonymous' },
      circumstances: undefined,
      entered: false,
      reached: false,
    }
    try {
      const text = await answer(parts, exchange)
      await record(parts, exchange, undefined)
      send(res, 200, text, exchange)
    } catch (error) {
      await refuse(parts, exchange, res, error)
    }
  }
}

async function answer(parts: AwsEndpointParts, exchange: Exchange): Promise<string> {
  const received = await receive(exchange.req, parts.limits)
  const form = parametersOf(exchange.req, received)
  const { service, action } = findAction(form)
  exchange.service = service
  exchange.action = action
  const { caller, region } = await whoCalls(parts, exchange, received, service, action)
  exchange.caller = caller
  exchange.circumstances = circumstancesOf(parts, exchange, region)
  exchange.entered = true
  const run = builtAction(parts, service, action)
  const input = readInput(action.input, form)
  exchange.reached = true
  const output = await run(input, { caller, circumstances: exchange.circumstances })
  return wantsJson(exchange.req.headers.accept)
    ? writeJsonAnswer(action, output, exchange.requestId)
    : writeAnswer(service, action, output, exchange.requestId)
}

function parametersOf(req: IncomingMessage, { message, body }: Received): Form {
  const form = readForm(message.query)
  if (body.length === 0) return form
  const type = req.headers['content-type']
  if (type !== undefined && !/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type))
    throw new Problem('validation', 'The request body must be application/x-www-form-urlencoded.')
  return readForm(body, form)
}

function findAction(form: Form): { readonly service: ServiceModel; readonly action: ActionModel } {
  const name = form.get('Action')
  if (name === undefined || name === '')
    throw new Problem('unsupported_action', 'The request must contain the parameter Action.', missingAction)
  const version = form.get('Version')
  for (const service of [serviceModel('sts'), serviceModel('iam')]) {
    const action = service.version === version ? service.actions.get(name) : undefined
    if (action) return { service, action }
  }
  const shown = (text: string) => (/^[\w.-]{1,128}$/.test(text) ? text : 'given')
  throw new Problem(
    'unsupported_action',
    `Could not find operation ${shown(name)} for version ${version ? shown(version) : 'NO_VERSION_SPECIFIED'}`,
  )
}

/** AWS has a code of its own for this one. */
const missingAction = { detail: 'MissingAction' }

/** The implementation of an action. Called after authentication, so that only callers learn which actions are missing. */
function builtAction(parts: AwsEndpointParts, service: ServiceModel, action: ActionModel): AwsAction {
  const run = parts.actions[service.name].get(action.name)
  if (run) return run
  throw new Problem(
    'unsupported_action',
    `The operation ${action.name} for version ${service.version} is not available on this server`,
  )
}

async function whoCalls(
  parts: AwsEndpointParts,
  { req }: Exchange,
  { message, body }: Received,
  service: ServiceModel,
  action: ActionModel,
): Promise<{ readonly caller: Caller; readonly region: string | undefined }> {
  const get = req.method === 'GET'
  if (get && action.name !== identityProof)
    throw new Problem('unsupported_action', `The operation ${action.name} must be called with POST`)
  if (service.name === 'sts' && unsigned.has(action.name))
    return { caller: { kind: 'anonymous' }, region: undefined }
  const proven: Authenticated = await parts.authenticate({ message, body, service: service.name })
  if (proven.presigned && action.name !== identityProof)
    throw new Problem('denied', `A presigned request may call ${identityProof} only`)
  return proven
}

function circumstancesOf(
  parts: AwsEndpointParts,
  { req, requestId }: Exchange,
  region: string | undefined,
): Circumstances {
  return {
    sourceIp: parts.clientAddress(req),
    secure: parts.isSecure(req),
    userAgent: req.headers['user-agent'],
    region,
    now: parts.clock(),
    requestId,
  }
}

async function record(
  parts: AwsEndpointParts,
  exchange: Exchange,
  refused: { fault: WireFault; error: unknown } | undefined,
): Promise<void> {
  const { service, action, caller } = exchange
  if (!parts.audit || !service || !action) return
  const { error } = refused ?? {}
  await parts.audit({
    service: service.name,
    action: action.name,
    caller,
    circumstances: exchange.circumstances ?? circumstancesOf(parts, exchange, undefined),
    fault: refused?.fault.code,
    reached: exchange.reached,
    detail: error instanceof Problem ? (error.detail ?? error.message) : undefined,
  })
}

async function refuse(
  parts: AwsEndpointParts,
  exchange: Exchange,
  res: ServerResponse,
  error: unknown,
): Promise<void> {
  const { requestId, service } = exchange
  let answered = error
  let fault = refusal(exchange, error)
  if (fault.status >= 500) parts.onBug(error, requestId)
  try {
    // A failure of the store is not a refusal, and could not be recorded.
    if (!isUnavailable(error)) await record(parts, exchange, { fault, error })
  } catch (unrecorded) {
    parts.onBug(unrecorded, requestId)
    answered = new Problem('unavailable', 'The request could not be recorded. Try again.', { retryAfter: 1 })
    fault = faultOf(answered, 'front')
  }
  if (answered instanceof Problem && answered.retryAfter !== undefined)
    res.setHeader('Retry-After', Math.ceil(answered.retryAfter))
  // A body that was too long or too slow may still be on its way.
  if (!exchange.req.complete) res.setHeader('Connection', 'close')
  const text = wantsJson(exchange.req.headers.accept)
    ? writeJsonFault(fault, requestId)
    : writeFault(fault, service?.namespace, requestId)
  send(res, fault.status, text, exchange)
}

const isUnavailable = (error: unknown): boolean => isProblem(error, 'unavailable')

function refusal({ entered, service }: Exchange, error: unknown): WireFault {
  const fault = faultOf(error, entered && service ? service.name : 'front')
  const missing = error instanceof Problem && error.detail === missingAction.detail
  return missing ? { ...fault, code: 'MissingAction' } : fault
}

function send(res: ServerResponse, status: number, text: string, { req, requestId }: Exchange): void {
  // The caller may have gone away while we worked.
  if (res.headersSent || res.destroyed) return
  res.writeHead(status, {
    'x-amzn-RequestId': requestId,
    'Content-Type': wantsJson(req.headers.accept) ? 'application/json' : 'text/xml',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  })
  res.end(text)
}
