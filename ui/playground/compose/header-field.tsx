import type { ComponentChildren } from 'preact';
import type { DraftHeader, HeaderKind } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { Field } from './field.js';

const mostCharacters = 60;
const mediaKinds = ['image', 'video', 'document'] as const;

export interface HeaderFieldProps {
  readonly header: DraftHeader;
  /** The kinds to choose from. The header is not sent if its kind is another. */
  readonly kinds: readonly HeaderKind[];
  /** The path of the header's issues. */
  readonly path: 'header' | 'template.header';
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftHeader>) => void;
  /** The fields of a text header, if it has values instead of a text. */
  readonly children?: ComponentChildren;
}

/** The fields for the message's header. */
export function HeaderField({ header, kinds, path, issues, onChange, children }: HeaderFieldProps) {
  const { form } = usePlaygroundTexts();
  const options = kinds.map((value) => ({ value, label: form.headerKinds[value] }));
  const kind = kinds.includes(header.kind) ? header.kind : 'none';
  const fields = { header: { ...header, kind }, path, issues, onChange };
  return (
    <div class="header-field">
      <Segments
        label={form.header}
        isLabelSeen
        options={options}
        value={kind}
        onChoose={(chosen) => onChange({ kind: chosen })}
      />
      {kind === 'text' ? (children ?? <TextField {...fields} />) : <FileFields {...fields} />}
    </div>
  );
}

type FieldsProps = Omit<HeaderFieldProps, 'kinds' | 'children'>;

function TextField({ header, path, issues, onChange }: FieldsProps) {
  const { form } = usePlaygroundTexts();
  return (
    <Field
      isBare
      label={`${form.header}: ${form.headerKinds.text}`}
      value={header.text}
      most={mostCharacters}
      issue={issues.get(`${path}.text`)}
      onInput={(text) => onChange({ text })}
    />
  );
}

function FileFields({ header, path, issues, onChange }: FieldsProps) {
  const { form } = usePlaygroundTexts();
  const { kind } = header;
  if (kind === 'none' || kind === 'text') return null;
  if (kind === 'media') return <UploadedFileFields {...{ header, path, issues, onChange }} />;
  const linkPath = kind === 'document' ? `${path}.document.link` : `${path}.${kind}`;
  return (
    <>
      <Field
        isBare
        label={`${form.header}: ${form.headerKinds[kind]}`}
        placeholder={form.headerLink}
        inputMode="url"
        value={header.link}
        issue={issues.get(linkPath)}
        onInput={(link) => onChange({ link })}
      />
      {kind === 'document' && (
        <Field
          isBare
          label={`${form.header}: ${form.fileName}`}
          placeholder={form.fileName}
          value={header.filename}
          issue={issues.get(`${path}.document.filename`)}
          onInput={(filename) => onChange({ filename })}
        />
      )}
    </>
  );
}

function UploadedFileFields({ header, path, issues, onChange }: FieldsProps) {
  const { form } = usePlaygroundTexts();
  return (
    <>
      <Segments
        label={form.mediaKind}
        options={mediaKinds.map((value) => ({ value, label: form.headerKinds[value] }))}
        value={header.mediaKind}
        onChoose={(mediaKind) => onChange({ mediaKind })}
      />
      <Field
        isBare
        label={`${form.header}: ${form.mediaId}`}
        placeholder={form.mediaId}
        value={header.mediaId}
        issue={issues.get(`${path}.mediaId`)}
        onInput={(mediaId) => onChange({ mediaId })}
      />
    </>
  );
}
