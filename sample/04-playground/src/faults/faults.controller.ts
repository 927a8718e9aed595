import { Body, Controller, Delete, HttpCode, Post, ValidationPipe } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FaultDto } from './fault.dto.js';
import { FaultsService } from './faults.service.js';

/** Injects faults for the page. */
@ApiExcludeController()
@Controller('playground/faults')
export class FaultsController {
  constructor(private readonly faults: FaultsService) {}

  @Post()
  @HttpCode(204)
  add(@Body(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true })) fault: FaultDto): void {
    this.faults.add(fault);
  }

  @Delete()
  @HttpCode(204)
  heal(): void {
    this.faults.heal();
  }
}
