using System.Net.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Tenancy.Letters;

/// <summary>Carries letters from the box to the mail server; one that cannot be handed over is tried again twice.</summary>
internal sealed partial class Postman(LetterBox box, SmtpRoute route, TimeProvider clock, ILogger<Postman> log)
    : BackgroundService
{
    private const int Tries = 3;

    /// <summary>One mail server that is slow to answer for one letter does not hold up all of them.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            box.TakeAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            CarryAsync
        );

    private async ValueTask CarryAsync(Letter letter, CancellationToken stoppingToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await route.SendAsync(letter, stoppingToken);
                return;
            }
            catch (Exception fault)
                when (fault is SmtpException or IOException or OperationCanceledException
                    && !stoppingToken.IsCancellationRequested
                )
            {
                // The fault's text may repeat what the server said of the address; its kind is enough to act on.
                var why = fault is SmtpException smtp ? smtp.StatusCode.ToString() : fault.GetType().Name;
                if (attempt == Tries)
                {
                    LogLost(log, why, Tries);
                    return;
                }

                LogLater(log, why);
                await Task.Delay(Between, clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A letter could not be handed to the mail server ({Why}); it is tried again."
    )]
    private static partial void LogLater(ILogger log, string why);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A letter was lost: the mail server did not take it ({Why}) in {Tries} tries. Look at the settings Mail__*."
    )]
    private static partial void LogLost(ILogger log, string why, int tries);
}
