using System.Net;
using System.Threading.Channels;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.DeskClient;

/// <summary>
/// Sends reports in batches, in their order. While the desk cannot be reached a report waits for as long as its minute can still take it.
/// Sent twice is harmless: the first one stands.
/// </summary>
internal sealed partial class ReportPost(Desk desk, TimeProvider time, ILogger<ReportPost> logger)
{
    private const int Batch = 100;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly Channel<Letter> _letters = Channel.CreateBounded<Letter>(
        new BoundedChannelOptions(10_000) { SingleReader = true }
    );

    /// <param name="report">What to send.</param>
    /// <param name="life">How long it is worth sending.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask AddAsync(TicketReport report, TimeSpan life, CancellationToken cancellationToken) =>
        _letters.Writer.WriteAsync(new Letter(report, time.GetTimestamp(), life), cancellationToken);

    /// <summary>No more come: <see cref="RunAsync"/> ends once everything is sent or worthless.</summary>
    public void Close() => _letters.Writer.TryComplete();

    /// <param name="abort">Gives up what is not sent yet.</param>
    public async Task RunAsync(CancellationToken abort)
    {
        var batch = new List<Letter>(Batch);
        while (await _letters.Reader.WaitToReadAsync(abort))
        {
            while (batch.Count < Batch && _letters.Reader.TryRead(out var letter))
            {
                batch.Add(letter);
            }

            await SendAsync(batch, abort);
            batch.Clear();
        }
    }

    private async Task SendAsync(List<Letter> batch, CancellationToken abort)
    {
        var pause = FirstPause;
        while (true)
        {
            var worthless = batch.RemoveAll(letter => time.GetElapsedTime(letter.At) > letter.Life);
            if (worthless > 0)
            {
                GivenUp(logger, worthless);
            }

            if (batch.Count == 0 || await TrySendAsync(batch, abort))
            {
                return;
            }

            await Task.Delay(pause, time, abort);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>False when it is worth trying again.</returns>
    private async Task<bool> TrySendAsync(List<Letter> batch, CancellationToken abort)
    {
        try
        {
            var answer = await desk.ReportAsync([.. batch.Select(letter => letter.Report)], abort);
            if (answer.Late + answer.Refused > 0)
            {
                NotTaken(logger, answer.Late, answer.Refused);
            }

            return true;
        }
        catch (HttpRequestException fault)
            when (fault.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge)
        {
            Unreadable(logger, batch.Count);
            return true;
        }
        catch (Exception fault) when (IsPassing(fault, abort))
        {
            NotReached(logger, batch.Count, fault.Message);
            return false;
        }
    }

    private static bool IsPassing(Exception fault, CancellationToken abort) =>
        fault is HttpRequestException or System.Text.Json.JsonException
        || (fault is OperationCanceledException && !abort.IsCancellationRequested);

    private readonly record struct Letter(TicketReport Report, long At, TimeSpan Life);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} reports given up: their minutes are over.")]
    private static partial void GivenUp(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The desk found {Late} reports late and refused {Refused}.")]
    private static partial void NotTaken(ILogger logger, int late, int refused);

    [LoggerMessage(Level = LogLevel.Error, Message = "The desk cannot read a batch of {Count} reports; they are lost.")]
    private static partial void Unreadable(ILogger logger, int count);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The desk did not take {Count} reports, they are sent again: {Fault}"
    )]
    private static partial void NotReached(ILogger logger, int count, string fault);
}
