// The service models: input and output of each IAM and STS action. model.generated.ts has functions that return them as JSON text, so
// that V8 makes no string of it before; here they are parsed into shapes with compiled patterns when a service is first used.
import { stsExtensions } from './extensions.ts'
import { iamModel, stsModel } from './model.generated.ts'

export type ServiceName = 'iam' | 'sts'

/** A shape in the generated JSON. Members, items and values are names of shapes, or scalar types. */
export interface ShapeText {
  readonly type: 'string' | 'integer' | 'boolean' | 'timestamp' | 'blob' | 'structure' | 'list' | 'map'
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
  readonly members?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  readonly item?: string
  readonly value?: string
}

export interface ModelText {
  readonly service: ServiceName
  readonly version: string
  readonly namespace: string
  /** Action → input and output shape; null when there is none. */
  readonly actions: Readonly<Record<string, readonly [string | null, string | null]>>
  /** Error code → HTTP status. */
  readonly errors: Readonly<Record<string, number>>
  readonly shapes: Readonly<Record<string, ShapeText>>
}

interface Bounds {
  /** Characters of a string, members of a list, bytes of a blob; the value itself of an integer. */
  readonly min: number | undefined
  readonly max: number | undefined
}
export interface Scalar extends Bounds {
  readonly type: 'string' | 'integer' | 'boolean' | 'timestamp' | 'blob'
  readonly pattern: { readonly text: string; readonly test: RegExp } | undefined
  readonly enum: ReadonlySet<string> | undefined
}
export interface Structure {
  readonly type: 'structure'
  readonly members: readonly Member[]
}
export interface Member {
  readonly name: string
  readonly required: boolean
  readonly shape: Shape
}
export interface List extends Bounds {
  readonly type: 'list'
  readonly item: Shape
}
export interface MapShape {
  readonly type: 'map'
  readonly value: Shape
}
export type Shape = Scalar | Structure | List | MapShape

export interface ActionModel {
  readonly name: string
  readonly input: Structure | undefined
  readonly output: Structure | undefined
}

export interface ServiceModel {
  readonly name: ServiceName
  readonly version: string
  readonly namespace: string
  readonly actions: ReadonlyMap<string, ActionModel>
}

/** AWS's patterns are Java regular expressions that match the whole text, and write `\u10000` for a character. */
function compilePattern(text: string): RegExp {
  const body = text.replace(/\\u10000-\\u10FFFF/g, '\\u{10000}-\\u{10FFFF}').replace(/\\([:@])/g, '$1')
  return new RegExp(`^(?:${body})$`, /\\p\{|\\u\{/.test(body) ? 'u' : '')
}

function scalar(type: Scalar['type'], text: ShapeText): Scalar {
  return {
    type,
    min: text.min,
    max: text.max,
    pattern:
      text.pattern === undefined ? undefined : { text: text.pattern, test: compilePattern(text.pattern) },
    enum: text.enum && new Set(text.enum),
  }
}

/** Shapes by name, each built once. A structure may contain itself. */
class ShapeTable {
  readonly #texts: ReadonlyMap<string, ShapeText>
  readonly #built = new Map<string, Shape>()

  constructor(shapes: ModelText['shapes']) {
    this.#texts = new Map(Object.entries(shapes))
  }

  get(name: string): Shape {
    return (
      this.#built.get(name) ?? this.#build(name, this.#texts.get(name) ?? { type: name as Scalar['type'] })
    )
  }

  structure(name: string | null | undefined): Structure | undefined {
    const shape = name ? this.get(name) : undefined
    return shape?.type === 'structure' ? shape : undefined
  }

  #build(name: string, text: ShapeText): Shape {
    const keep = <S extends Shape>(shape: S): S => {
      this.#built.set(name, shape)
      return shape
    }
    switch (text.type) {
      case 'structure': {
        const members: Member[] = []
        const shape = keep({ type: 'structure', members })
        for (const [member, of] of Object.entries(text.members ?? {}))
          members.push({
            name: member,
            required: text.required?.includes(member) === true,
            shape: this.get(of),
          })
        return shape
      }
      case 'list':
        return keep({ type: 'list', min: text.min, max: text.max, item: this.get(text.item ?? 'string') })
      case 'map':
        return keep({ type: 'map', value: this.get(text.value ?? 'string') })
      default:
        return keep(scalar(text.type, text))
    }
  }
}

type Extensions = Pick<ModelText, 'actions' | 'shapes'>

function build(text: string, extensions: Extensions = { actions: {}, shapes: {} }): ServiceModel {
  const given = JSON.parse(text) as ModelText
  const model: ModelText = {
    ...given,
    actions: { ...given.actions, ...extensions.actions },
    shapes: { ...given.shapes, ...extensions.shapes },
  }
  const shapes = new ShapeTable(model.shapes)
  const actions = new Map<string, ActionModel>()
  for (const [name, [input, output]] of Object.entries(model.actions)) {
    // Built at the first call, because a server uses few of the 180 actions and should start fast.
    let built: { input: Structure | undefined; output: Structure | undefined } | undefined
    const both = () => {
      built ??= { input: shapes.structure(input), output: shapes.structure(output) }
      return built
    }
    actions.set(name, {
      name,
      get input() {
        return both().input
      },
      get output() {
        return both().output
      },
    })
  }
  return { name: model.service, version: model.version, namespace: model.namespace, actions }
}

let iam: ServiceModel | undefined
let sts: ServiceModel | undefined

export function serviceModel(name: ServiceName): ServiceModel {
  if (name === 'iam') {
    iam ??= build(iamModel())
    return iam
  }
  sts ??= build(stsModel(), stsExtensions)
  return sts
}
