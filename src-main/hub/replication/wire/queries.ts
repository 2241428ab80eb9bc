import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { badRequest, fail, type CouchFailure } from './answers.ts'

/** Nothing that a record needs is nested deeper; what reads documents recurses no further than this. */
const deepest = 64

/** Query parameters arrive as text; CouchDB writes keys and lists among them as JSON. */
export const flag = v.optional(
  v.pipe(
    v.picklist(['true', 'false']),
    v.transform((text) => text === 'true'),
  ),
  'false',
)
export const count = v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a whole number'), v.transform(Number)))
export const jsonText = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseJson(dataset.value)
    if (parsed.ok) return parsed.value
    addIssue({ message: 'must be JSON' })
    return NEVER
  }),
)
export const key = v.optional(v.pipe(jsonText, v.string('must be a document id')))
export const revision = v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}-[0-9A-Za-z]{1,64}$/, 'must look like "3-9f2c…"'))
export const plainObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
)
/** A place in a feed: the embedded store counts, CouchDB writes opaque text behind a number. */
export const seq = v.pipe(
  v.string(),
  v.regex(/^(?:now|\d{1,15}|\d{1,15}-[\w-]{1,4000})$/, 'must be a place in the feed'),
  v.transform((text) => (/^\d+$/.test(text) ? Number(text) : text)),
)

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): Result<v.InferOutput<Schema>, CouchFailure> {
  const outcome = v.safeParse(schema, input)
  return outcome.success ? success(outcome.output) : failed(badRequest(describe(outcome.issues)))
}

/** What is wrong with an input in one sentence, without repeating the input. */
const describe = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string => {
  const [first] = issues
  return `${v.getDotPath(first) ?? 'The request'} is not understood: expected ${first.expected ?? first.message}.`
}

/** Reads the query, or answers 400 and gives nothing. */
export function readQuery<Schema extends v.GenericSchema>(
  schema: Schema,
  request: FastifyRequest,
  reply: FastifyReply,
): v.InferOutput<Schema> | undefined {
  return valueOrAnswer(read(schema, request.query), reply)
}

/** Reads a JSON body, or answers 400 and gives nothing. */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  request: FastifyRequest,
  reply: FastifyReply,
): v.InferOutput<Schema> | undefined {
  const parsed = parseJson(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '')
  return valueOrAnswer(parsed.ok ? read(schema, parsed.value) : parsed, reply)
}

function valueOrAnswer<Value>(outcome: Result<Value, CouchFailure>, reply: FastifyReply): Value | undefined {
  if (outcome.ok) return outcome.value
  fail(reply, outcome.failure)
  return undefined
}

/** JSON of bounded depth and without keys that could reach a prototype. */
export function parseJson(text: string): Result<unknown, CouchFailure> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failed(badRequest('The body is not valid JSON.'))
  }
  const fault = faultIn(value, deepest)
  return fault ? failed(badRequest(fault)) : success(value)
}

function faultIn(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === 0) return 'The JSON is nested too deeply.'
  for (const [field, inner] of Object.entries(value)) {
    if (field === '__proto__') return 'The key "__proto__" is not allowed.'
    const fault = faultIn(inner, depth - 1)
    if (fault) return fault
  }
  return undefined
}
