import { Body, Controller, Get, Param, Post, UseFilters } from '@nestjs/common';
import {
  ButtonMessagingExceptionFilter,
  ButtonMessagingValidationPipe,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendCarouselDto,
  SendOptionListDto,
  type ZApiPhoneExists,
  type ZApiSendResult,
  ZApiService,
  type ZApiStatus,
} from 'nestjs-button-messaging';

/** Sends through Z-API with its own DTOs. */
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('z-api')
export class ZApiController {
  constructor(private readonly zApi: ZApiService) {}

  @Post('send-button-actions')
  sendButtonActions(@Body(ButtonMessagingValidationPipe) dto: SendButtonActionsDto): Promise<ZApiSendResult> {
    return this.zApi.sendButtonActions(dto);
  }

  @Post('send-button-list')
  sendButtonList(@Body(ButtonMessagingValidationPipe) dto: SendButtonListDto): Promise<ZApiSendResult> {
    return this.zApi.sendButtonList(dto);
  }

  @Post('send-option-list')
  sendOptionList(@Body(ButtonMessagingValidationPipe) dto: SendOptionListDto): Promise<ZApiSendResult> {
    return this.zApi.sendOptionList(dto);
  }

  @Post('send-button-otp')
  sendButtonOtp(@Body(ButtonMessagingValidationPipe) dto: SendButtonOtpDto): Promise<ZApiSendResult> {
    return this.zApi.sendButtonOtp(dto);
  }

  @Post('send-button-pix')
  sendButtonPix(@Body(ButtonMessagingValidationPipe) dto: SendButtonPixDto): Promise<ZApiSendResult> {
    return this.zApi.sendButtonPix(dto);
  }

  @Post('send-carousel')
  sendCarousel(@Body(ButtonMessagingValidationPipe) dto: SendCarouselDto): Promise<ZApiSendResult> {
    return this.zApi.sendCarousel(dto);
  }

  @Get('status')
  status(): Promise<ZApiStatus> {
    return this.zApi.status();
  }

  @Get('phone-exists/:phone')
  phoneExists(@Param('phone') phone: string): Promise<ZApiPhoneExists> {
    return this.zApi.phoneExists(phone);
  }
}
