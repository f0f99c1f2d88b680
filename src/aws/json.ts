// Responses of the AWS Query protocol as JSON, for callers that request it by `Accept`. They have the same members as the XML (xml.ts),
// according to the service model. Timestamps are epoch seconds, blobs base64.
import type { AwsOutput } from './action.ts'
import type { ActionModel, Shape } from './model.ts'
import type { WireFault } from './xml.ts'

/** Whether `Accept` names application/json and no XML type (RFC 9110 section 12.5.1). */
export const wantsJson = (accept: string | undefined): boolean =>
  accept !== undefined && /\bapplication\/json\b/i.test(accept) && !/\bxml\b/i.test(accept)

export function writeJsonAnswer(
  { name, output: shape }: ActionModel,
  output: AwsOutput,
  requestId: string,
): string {
  const result = shape === undefined ? {} : { [`${name}Result`]: jsonOf(shape, output) }
  return JSON.stringify({ [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } })
}

export const writeJsonFault = ({ code, message, status }: WireFault, requestId: string): string =>
  JSON.stringify({
    Error: { Code: code, Message: message, Type: status < 500 ? 'Sender' : 'Receiver' },
    RequestId: requestId,
  })

/** Whether a client speaks the AWS JSON protocols, whose services are not here. */
export const isJsonProtocol = (type: string | undefined): boolean =>
  type !== undefined && /^application\/x-amz-json-1\.[01]\s*(?:;|$)/i.test(type)

/** A fault that such a client reads. */
export const writeJsonProtocolFault = ({ code, message }: WireFault): string =>
  JSON.stringify({ __type: code, message })

function jsonOf(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'structure': {
      const record = new Map(Object.entries(value ?? {}))
      const members = shape.members.flatMap(({ name, shape: of }) => {
        const member: unknown = record.get(name)
        return member === undefined || member === null ? [] : [[name, jsonOf(of, member)] as const]
      })
      return Object.fromEntries(members)
    }
    case 'list':
      return Array.isArray(value) ? value.map((item) => jsonOf(shape.item, item)) : []
    case 'map': {
      const entries = value instanceof Map ? [...value] : Object.entries(value ?? {})
      return Object.fromEntries(entries.map(([key, item]) => [key, jsonOf(shape.value, item)]))
    }
    case 'timestamp':
      return value instanceof Date ? Math.floor(value.getTime() / 1000) : value
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
    default:
      return value
  }
}
