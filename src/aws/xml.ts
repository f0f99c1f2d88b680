// Responses of the AWS Query protocol as XML, according to the service model. A writer is compiled once for each shape. Members that the
// model does not have are not written, so no field of a record can leak.
import type { AwsOutput } from './action.ts'
import type { ActionModel, ServiceModel, Shape, Structure } from './model.ts'

type Writer = (value: unknown) => string

/** Characters to escape, and those that XML 1.0 cannot contain: control characters, lone surrogates, U+FFFE and U+FFFF. */
const special = /[&<>"'\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/
const specials = /[&<>"'\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\r', '&#xD;'], // a parser would read it as a line feed (XML 1.0 section 2.11)
])

export function escapeXml(text: string): string {
  if (!special.test(text)) return text
  return text.toWellFormed().replace(specials, (char) => entities.get(char) ?? '\ufffd')
}

/** ISO 8601 without fractions, as IAM and STS write it. */
const timestamp = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z')

const writers = new WeakMap<Shape, Writer>()

function writerOf(shape: Shape): Writer {
  let writer = writers.get(shape)
  if (writer === undefined) {
    writer = makeWriter(shape)
    writers.set(shape, writer)
  }
  return writer
}

function makeWriter(shape: Shape): Writer {
  switch (shape.type) {
    case 'structure':
      return structureWriter(shape)
    case 'list':
      return (value) => {
        let text = ''
        for (const item of value as readonly unknown[])
          text += `<member>${writerOf(shape.item)(item)}</member>`
        return text
      }
    case 'map':
      return (value) => {
        const entries = value instanceof Map ? value : Object.entries(value as object)
        let text = ''
        for (const [key, item] of entries)
          text += `<entry><key>${escapeXml(key)}</key><value>${writerOf(shape.value)(item)}</value></entry>`
        return text
      }
    case 'timestamp':
      return (value) => timestamp(value as Date)
    case 'blob':
      return (value) => Buffer.from(value as Uint8Array).toString('base64')
    default:
      return (value) => escapeXml(String(value))
  }
}

function structureWriter(shape: Structure): Writer {
  const members = shape.members.map(({ name, shape: of }) => ({
    name,
    open: `<${name}>`,
    close: `</${name}>`,
    of,
  }))
  return (value) => {
    let text = ''
    for (const { name, open, close, of } of members) {
      const member = (value as Record<string, unknown>)[name]
      if (member !== undefined && member !== null) text += open + writerOf(of)(member) + close
    }
    return text
  }
}

/** Actions without output that have a result element nevertheless: botocore, the Go SDK and CLI v1 fail without it. */
const emptyResults: ReadonlySet<string> = new Set(['UpdateRole'])

export function writeAnswer(
  service: ServiceModel,
  action: ActionModel,
  output: AwsOutput,
  requestId: string,
): string {
  const { name } = action
  const isEmpty = action.output === undefined
  const content = isEmpty ? '' : writerOf(action.output)(output)
  const result = isEmpty && !emptyResults.has(name) ? '' : `<${name}Result>${content}</${name}Result>`
  return `<${name}Response xmlns="${service.namespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`
}

export interface WireFault {
  readonly code: string
  readonly status: number
  readonly message: string
}

/** @param namespace of the service; undefined when the request names no known action */
export function writeFault(fault: WireFault, namespace: string | undefined, requestId: string): string {
  const type = fault.status < 500 ? 'Sender' : 'Receiver'
  const xmlns = namespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09'
  return `<ErrorResponse xmlns="${xmlns}"><Error><Type>${type}</Type><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
}
