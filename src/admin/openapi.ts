// The OpenAPI 3.1 description of the admin API, made from the table of operations.
import { z } from 'zod'
import type { Operation } from './operation.ts'

/** JSON Schema as it stands in the document. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

export function openApiDocument(operations: readonly Operation[], issuer: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = openApiPathOf(operation)
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chancery admin API',
      version: '1',
      description:
        'Requests are signed with SigV4 for the service `chancery`, or carry an access token whose audience is the issuer. Each is authorized as `chancery:<operationId>`.',
    },
    servers: [{ url: issuer }],
    security: [{ sigv4: [] }, { accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, service `chancery`',
        },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'at+jwt' },
      },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: 'refused (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

export const openApiPathOf = ({ path }: Pick<Operation, 'path'>): string => path.replace(/:(\w+)/g, '{$1}')

const problemSchema = {
  type: 'object',
  required: ['type', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable, for programs' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'every field that is wrong',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function described(operation: Operation): Record<string, unknown> {
  const hasBody = Object.keys(operation.body.shape).length > 0
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.command.words.split(' ')[0]],
    parameters: [
      ...parametersOf(operation.params, 'path'),
      ...parametersOf(operation.query, 'query'),
      ...ifMatch(operation),
    ],
    ...(hasBody && {
      requestBody: {
        required: !operation.body.safeParse({}).success,
        content: { 'application/json': { schema: schemaOf(operation.body, 'input') } },
      },
    }),
    responses: {
      [operation.status]:
        operation.status === 204
          ? { description: 'done' }
          : {
              description: 'done',
              content: { 'application/json': { schema: schemaOf(operation.answer, 'output') } },
            },
      default: { $ref: '#/components/responses/Problem' },
    },
    'x-chancery-resource': operation.resource,
  }
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): readonly object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'object' ? property : {}
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    }
  })
}

const ifMatch = ({ method, params }: Operation): readonly object[] =>
  method === 'GET' || Object.keys(params.shape).length === 0
    ? []
    : [
        {
          name: 'If-Match',
          in: 'header',
          required: false,
          description: 'ETag of what the change is based on; 412 when it was changed since',
          schema: { type: 'string' },
        },
      ]
