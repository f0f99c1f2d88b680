// `POST /` with `Action=…`: the AWS Query protocol. A request is read (signed.ts), parsed into parameters (form.ts), matched to its
// action by Action and Version, authenticated (sts/authentication/authenticate.ts), converted to typed input (query.ts) and passed to a use case
// (iam.ts, sts.ts). The result is written as XML (xml.ts), an error as a fault (faults.ts). No rule of IAM or STS is here.
// GET and presigned requests are accepted for GetCallerIdentity only: clients of EKS and Vault send such a URL as a proof of identity,
// and whoever reads it in a log must not be able to do more with it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller, Circumstances } from '../iam/caller.ts'
import { isProblem, Problem } from '../problem.ts'
import type { Authenticate, Authenticated } from '../sts/authentication/authenticate.ts'
import type { BodyLimits } from '../web/request/body.ts'
import { noteFacts } from '../web/request/request-facts.ts'
import { newRequestId } from '../web/request/request-id.ts'
import type { AwsAction, AwsActions } from './action.ts'
import { faultOf } from './faults.ts'
import { type Form, readForm } from './form.ts'
import { isJsonProtocol, wantsJson, writeJsonAnswer, writeJsonFault, writeJsonProtocolFault } from './json.ts'
import { type ActionModel, type ServiceModel, type ServiceName, serviceModel } from './model.ts'
import { notHere, otherService } from './other-service.ts'
import { readInput } from './query.ts'
import { refusedOperations } from './refused-operations.ts'
import { type Received, receive } from './signed.ts'
import { type WireFault, writeAnswer, writeFault } from './xml.ts'

/** The result of a call, for the audit trail. */
export interface AwsOutcome {
  readonly service: ServiceName
  readonly action: string
  readonly caller: Caller
  readonly circumstances: Circumstances
  /** AWS's error code; undefined for a success. */
  readonly fault: string | undefined
  /** Whether the use case ran; use cases of iam/ and sts/ write their own audit entry. */
  readonly useCaseRan: boolean
  /** Detail for the log; not part of the response. */
  readonly detail: string | undefined
  /** What was thrown; undefined for a success. */
  readonly error: unknown
}

export interface AwsEndpointDependencies {
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
const unsigned = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML', 'AssumeRoleWithLDAPIdentity'])
const callerIdentityAction = 'GetCallerIdentity'

/** State of one request. A fault can be written from it at any step. */
interface RequestState {
  readonly requestId: string
  readonly req: IncomingMessage
  service: ServiceModel | undefined
  action: ActionModel | undefined
  caller: Caller
  circumstances: Circumstances | undefined
  /** From then on errors have the codes of the service. */
  authenticated: boolean
  useCaseRan: boolean
}

export function awsEndpoint(deps: AwsEndpointDependencies): AwsEndpoint {
  return async (req, res) => {
    const state: RequestState = {
      requestId: newRequestId(),
      req,
      service: undefined,
      action: undefined,
      caller: { kind: 'anonymous' },
      circumstances: undefined,
      authenticated: false,
      useCaseRan: false,
    }
    noteFacts(req, { requestId: state.requestId })
    try {
      const text = await answer(deps, state)
      await record(deps, state, undefined)
      send(res, 200, text, state)
    } catch (error) {
      await refuse(deps, state, res, error)
    }
  }
}

async function answer(deps: AwsEndpointDependencies, state: RequestState): Promise<string> {
  const received = await receive(state.req, deps.limits)
  const { form, service, action } = calledAction(state.req, received)
  state.service = service
  state.action = action
  noteFacts(state.req, { route: `${service.name}:${action.name}` })
  const { caller, region } = await authenticateCaller(deps, state, received, service, action)
  state.caller = caller
  state.circumstances = circumstancesOf(deps, state, region)
  state.authenticated = true
  const run = implementationOf(deps, service, action)
  const input = readInput(service.name, action.input, form)
  state.useCaseRan = true
  const output = await run(input, { caller, circumstances: state.circumstances })
  return wantsJson(state.req.headers.accept)
    ? writeJsonAnswer(action, output, state.requestId)
    : writeAnswer(service, action, output, state.requestId)
}

/** @throws Problem naming the service that the request is for, when it is none of ours */
function calledAction(req: IncomingMessage, received: Received) {
  try {
    const form = parametersOf(req, received)
    return { form, ...findAction(form) }
  } catch (error) {
    const other = otherService(req)
    throw other === undefined ? error : notHere(other)
  }
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
  for (const one of ['sts', 'iam'] as const) {
    const service = serviceModel(one)
    const action = service.version === version ? service.actions.get(name) : undefined
    if (action) return { service, action }
  }
  const shown = (text: string) => (/^[\w.-]{1,128}$/.test(text) ? text : 'given')
  throw new Problem(
    'unsupported_action',
    `Could not find operation ${shown(name)} for version ${version ? shown(version) : 'NO_VERSION_SPECIFIED'}`,
  )
}

/** AWS has the code MissingAction for a request without Action. */
const missingAction = { detail: 'MissingAction' }

/** The implementation of an action. Called after authentication, so that anonymous callers cannot probe which actions exist. */
function implementationOf(
  deps: AwsEndpointDependencies,
  service: ServiceModel,
  action: ActionModel,
): AwsAction {
  const run = deps.actions[service.name].get(action.name)
  if (run) return run
  const reason = refusedOperations.get(action.name)
  if (reason !== undefined)
    throw new Problem(
      'unsupported_action',
      `The operation ${action.name} for version ${service.version} is refused by this server: ${reason}`,
    )
  throw new Problem(
    'unsupported_action',
    `The operation ${action.name} for version ${service.version} is not available on this server`,
  )
}

async function authenticateCaller(
  deps: AwsEndpointDependencies,
  { req }: RequestState,
  { message, body }: Received,
  service: ServiceModel,
  action: ActionModel,
): Promise<{ readonly caller: Caller; readonly region: string | undefined }> {
  const get = req.method === 'GET'
  if (get && action.name !== callerIdentityAction)
    throw new Problem('unsupported_action', `The operation ${action.name} must be called with POST`)
  if (service.name === 'sts' && unsigned.has(action.name))
    return { caller: { kind: 'anonymous' }, region: undefined }
  const proven: Authenticated = await deps.authenticate({ message, body, service: service.name })
  if (proven.presigned && action.name !== callerIdentityAction)
    throw new Problem('denied', `A presigned request may call ${callerIdentityAction} only`)
  return proven
}

function circumstancesOf(
  deps: AwsEndpointDependencies,
  { req, requestId }: RequestState,
  region: string | undefined,
): Circumstances {
  return {
    sourceIp: deps.clientAddress(req),
    secure: deps.isSecure(req),
    userAgent: req.headers['user-agent'],
    region,
    now: deps.clock(),
    requestId,
  }
}

async function record(
  deps: AwsEndpointDependencies,
  state: RequestState,
  refused: { fault: WireFault; error: unknown } | undefined,
): Promise<void> {
  const { service, action, caller } = state
  if (!deps.audit || !service || !action) return
  const { error } = refused ?? {}
  await deps.audit({
    service: service.name,
    action: action.name,
    caller,
    circumstances: state.circumstances ?? circumstancesOf(deps, state, undefined),
    fault: refused?.fault.code,
    useCaseRan: state.useCaseRan,
    detail: error instanceof Problem ? (error.detail ?? error.message) : undefined,
    error,
  })
}

async function refuse(
  deps: AwsEndpointDependencies,
  state: RequestState,
  res: ServerResponse,
  error: unknown,
): Promise<void> {
  const { requestId } = state
  let reported = error
  let fault = refusal(state, error)
  if (fault.status >= 500) deps.onBug(error, requestId)
  try {
    // When the store is unavailable, the request was not refused, and an audit entry could not be written either.
    if (!isProblem(error, 'unavailable')) await record(deps, state, { fault, error })
  } catch (unrecorded) {
    deps.onBug(unrecorded, requestId)
    reported = new Problem('unavailable', 'The request could not be recorded. Try again.', { retryAfter: 1 })
    fault = faultOf(reported, 'front')
  }
  if (reported instanceof Problem && reported.retryAfter !== undefined)
    res.setHeader('Retry-After', Math.ceil(reported.retryAfter))
  noteFacts(state.req, { reason: fault.code, message: fault.message })
  send(res, fault.status, faultText(state, fault), state)
}

function faultText({ req, requestId, service }: RequestState, fault: WireFault): string {
  if (isJsonProtocol(req.headers['content-type'])) return writeJsonProtocolFault(fault)
  return wantsJson(req.headers.accept)
    ? writeJsonFault(fault, requestId)
    : writeFault(fault, service?.namespace, requestId)
}

/**
 * Names the authorization id in a denial (IAM User Guide, "Troubleshoot access denied error messages with authorization ID"). Every denial of a
 * signed request or of an outside token has one, so that it does not show whether there was a policy to evaluate, and with it whether a role
 * exists. The log of a CI job has nothing else by which an administrator finds the request.
 */
const referenceTo = (requestId: string): string =>
  `. For complete details, call the GetRequestAuthorizationDetails API with the following authorization id: ${requestId.replaceAll('-', '')}`

function refusal({ authenticated, service, requestId }: RequestState, error: unknown): WireFault {
  const fault = faultOf(error, authenticated && service ? service.name : 'front')
  if (fault.code === 'AccessDenied' && /^(?:User: |Not authorized to perform sts:)/.test(fault.message))
    return { ...fault, message: `${fault.message}${referenceTo(requestId)}` }
  const missing = error instanceof Problem && error.detail === missingAction.detail
  return missing ? { ...fault, code: 'MissingAction' } : fault
}

function send(res: ServerResponse, status: number, text: string, { req, requestId }: RequestState): void {
  // The caller may have disconnected meanwhile.
  if (res.headersSent || res.destroyed) return
  const { accept, 'content-type': type } = req.headers
  res.writeHead(status, {
    'x-amzn-RequestId': requestId,
    'Content-Type': wantsJson(accept) || isJsonProtocol(type) ? 'application/json' : 'text/xml',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  })
  res.end(text)
}
