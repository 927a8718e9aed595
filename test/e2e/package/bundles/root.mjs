import 'reflect-metadata';
import { exercise, run } from './exercise.mjs';

run(async () => {
  await exercise();
});
