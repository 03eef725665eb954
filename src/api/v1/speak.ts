import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { told } from '../../app/languages/told.ts';
import type { Language } from '../../app/languages/tell.ts';
import { pageLanguage } from '../page-words.ts';
import type { V1 } from './route-module.ts';

/** The language in which a request is answered: that of the person who is logged in, else what Accept-Language asks for. */
export function languageOf(request: FastifyRequest): Language {
  return pageLanguage(request.session?.person.locale ?? request.headers['accept-language']);
}

/** Tells every `spoken` text of an answer in the language of who asks. Answers that are streamed or text stay as they are. */
export function addSpeech(v1: V1): void {
  v1.addHook('preSerialization', async (request, reply, payload: unknown) => {
    const schemas = request.routeOptions.schema?.response as Readonly<Record<string, unknown>> | undefined;
    const schema = schemas?.[reply.statusCode];
    return schema instanceof z.ZodType ? speak(payload, { schema, language: languageOf(request) }) : payload;
  });
}

/** A value whose `spoken` texts are told in a language; the value itself is left as it is. */
export function speak<T>(value: T, as: { schema: z.ZodType; language: Language }): T {
  const places = placesIn(as.schema);
  return places === null ? value : (tellAt(value, places, as.language) as T);
}

/** Where the spoken texts of a schema are; null: nowhere. */
type Places = 'here' | { fields: Map<string, Places> } | { each: Places } | null;

const found = new WeakMap<z.ZodType, Places>();

function placesIn(schema: z.ZodType): Places {
  const known = found.get(schema);
  if (known !== undefined) return known;
  const places = lookIn(schema);
  found.set(schema, places);
  return places;
}

function lookIn(schema: z.ZodType): Places {
  if (schema instanceof z.ZodString) return z.globalRegistry.get(schema)?.['x-spoken'] === true ? 'here' : null;
  if (schema instanceof z.ZodObject) return placesOfFields(Object.entries<z.ZodType>(schema.shape));
  if (schema instanceof z.ZodArray) return each(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return each(schema.valueType as z.ZodType);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return placesIn(schema.unwrap() as z.ZodType);
  if (!(schema instanceof z.ZodUnion)) return null;
  const fields = (schema.options as z.ZodType[]).flatMap((option) => {
    const places = placesIn(option);
    return places !== null && typeof places === 'object' && 'fields' in places ? [...places.fields] : [];
  });
  return fields.length === 0 ? null : { fields: new Map(fields) };
}

function placesOfFields(shape: readonly (readonly [string, z.ZodType])[]): Places {
  const fields = shape.flatMap(([key, schema]): [string, Places][] => {
    const places = placesIn(schema);
    return places === null ? [] : [[key, places]];
  });
  return fields.length === 0 ? null : { fields: new Map(fields) };
}

function each(item: z.ZodType): Places {
  const places = placesIn(item);
  return places === null ? null : { each: places };
}

function tellAt(value: unknown, places: Places, language: Language): unknown {
  if (places === null || value === null || value === undefined) return value;
  if (places === 'here') return typeof value === 'string' ? told(value, language) : value;
  if ('each' in places) {
    if (Array.isArray(value)) return value.map((item: unknown) => tellAt(item, places.each, language));
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, tellAt(item, places.each, language)]));
  }
  const copy: Record<string, unknown> = { ...value };
  for (const [key, inner] of places.fields) {
    if (key in copy) copy[key] = tellAt(copy[key], inner, language);
  }
  return copy;
}
