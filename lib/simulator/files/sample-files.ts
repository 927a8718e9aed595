const PDF = `%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 72 72]>> endobj
trailer <</Root 1 0 R>>
%%EOF
`;

/** The smallest files of common types, in base64: a pixel, a moment of silence, a video without pictures. */
const SAMPLES: ReadonlyMap<string, string> = new Map([
  [
    'image/jpeg',
    `/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP${'/'.repeat(86)}wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=`,
  ],
  ['image/png', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='],
  ['image/webp', 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='],
  ['video/mp4', 'AAAAGGZ0eXBtcDQyAAAAAG1wNDJpc29tAAAACG1kYXQ='],
  [
    'audio/ogg',
    'T2dnUwACAAAAAAAAAAABAAAAAAAAAIRs2SQBE09wdXNIZWFkAQEAAIC7AAAAAABPZ2dTAAAAAAAAAAAAAAEAAAABAAAAh1hgGgEQT3B1c1RhZ3MA' +
      'AAAAAAAAAE9nZ1MABMADAAAAAAAAAQAAAAIAAAApk7DdAQP4//4=',
  ],
  ['application/pdf', Buffer.from(PDF).toString('base64')],
]);

/** Returns a small file of a type. It is a text if the type is not common. */
export function sampleFile(mimeType: string): Buffer {
  const [type = ''] = mimeType.split(';', 1);
  const sample = SAMPLES.get(type.trim().toLowerCase());
  return sample === undefined ? Buffer.from('A simulated file') : Buffer.from(sample, 'base64');
}
