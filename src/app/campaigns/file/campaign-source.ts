import { readFile } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { RecallwaveError } from '../../../domain/failures.ts';

/** A campaign's files that lie in no folder: a draft of the database, or what somebody is typing. */
export interface FilesInMemory {
  /** What problems call the YAML. */
  name: string;
  source: string;
  /** Texts by the names that the YAML and its texts know them by. */
  files: Readonly<Record<string, string>>;
}

/** A campaign: the name of its YAML file, with the texts beside it, or all of it in memory. */
export type CampaignFile = string | FilesInMemory;

/** Where a campaign's YAML and texts come from. */
export interface CampaignSource {
  /** What problems call the YAML. */
  name: string;
  /** Where a person sees every problem. */
  seeAll: string;
  /** Throws BadInput when it can't be read. */
  readYaml(): Promise<string>;
  /** Rejects for a file that isn't there or is no text. */
  readText(name: string): Promise<string>;
  /** What problems call a text. */
  placeOf(name: string): string;
}

/** Opens a campaign's files; nothing is read yet. */
export function campaignSource(file: CampaignFile): CampaignSource {
  return typeof file === 'string' ? folderSource(file) : memorySource(file);
}

function folderSource(file: string): CampaignSource {
  return {
    name: file,
    seeAll: `recallwave campaign lint ${file}`,
    readYaml: () => readYamlFile(file),
    readText: async (name) => {
      refuseOther(name);
      return readFile(join(dirname(file), name), 'utf8');
    },
    placeOf: (name) => join(dirname(file), name),
  };
}

function memorySource({ name: yaml, source, files }: FilesInMemory): CampaignSource {
  return {
    name: yaml,
    seeAll: 'lint the draft',
    readYaml: () => Promise.resolve(source),
    readText: async (name) => {
      refuseOther(name);
      const text = Object.hasOwn(files, name) ? files[name] : undefined;
      if (text === undefined) throw new Error(`there is no text ${name}`);
      return text;
    },
    placeOf: (name) => name,
  };
}

const TEXT_FILES = ['.mjml', '.txt', '.html'];

// Texts are sent to people: only files that are meant as texts, named from the campaign's folder.
function refuseOther(name: string): void {
  if (!isAbsolute(name) && TEXT_FILES.includes(extname(name))) return;
  throw new Error(`${name} is no text file beside the campaign (${TEXT_FILES.join(', ')})`);
}

async function readYamlFile(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new RecallwaveError('BadInput', `${file} is not UTF-8 text`, 'save it as UTF-8');
    }
    const code = (error as NodeJS.ErrnoException).code;
    const what = code === 'EISDIR' ? 'is a folder' : code === 'ENOENT' ? 'does not exist' : `can't be read (${code})`;
    throw new RecallwaveError('BadInput', `${file} ${what}`, 'name a campaign file, such as campaign.yaml');
  }
}
