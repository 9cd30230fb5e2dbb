using System.Globalization;
using System.Text.Json;
using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Intake;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector.Looks;

/// <summary>Takes what probers tell of live looks: for the asker's eyes, and for nothing that is kept.</summary>
internal sealed class StepIntake(TellScript tell, DeskKey key, CollectorMeter meter)
{
    private const int TextLength = 120;
    private const int DetailLength = 300;
    private const int FaultLength = 200;

    /// <summary>Two minutes, in microseconds.</summary>
    private const int LongestStep = 120_000_000;

    public async Task<Told> TakeAsync(Region region, StepReport report, CancellationToken cancellationToken)
    {
        var signer = await key.SignerAsync(cancellationToken);
        if (
            !LookId.TryParse(report.Look, out var look)
            || look.Region != region
            || report.Region != region
            || !signer.VerifiesLook(report.Signature, report.Prober, report.Server, region, report.Look)
        )
        {
            return Told.Forged;
        }

        if (!IsSound(report))
        {
            return Told.Malformed;
        }

        var fields = new List<(string, RedisValue)>(report.Steps.Count + 1);
        fields.AddRange(report.Steps.Select(step => (Field(step), Json(step))));
        if (report.Attempt is { } attempt)
        {
            fields.Add(("r", Json(attempt, report.Observed ?? new Observed())));
            meter.Looked(region, attempt.State);
        }

        return await tell.RunAsync(look, fields) < 0 ? Told.Forgotten : Told.Taken;
    }

    private static bool IsSound(StepReport report) =>
        report.Steps.Count <= LookStep.Most
        && report.Steps.All(step =>
            step is { Number: >= 1 and <= LookStep.Most, Took: >= 0 and <= LongestStep, Bytes: null or >= 0 }
            && Enum.IsDefined(step.Step)
        )
        && (report.Attempt is not { } attempt || ReportShape.IsSound(attempt, report.Observed ?? new Observed()));

    private static string Field(LookStep step) => step.Number.ToString(CultureInfo.InvariantCulture);

    private static RedisValue Json(LookStep step) =>
        JsonSerializer.SerializeToUtf8Bytes(
            step with
            {
                Fault = Text(step.Fault, FaultLength),
            },
            LookJson.Default.LookStep
        );

    private static RedisValue Json(ProbeAttempt attempt, Observed observed)
    {
        var safe = new LookVerdict(
            attempt with
            {
                Detail = Text(attempt.Detail, DetailLength),
            },
            observed with
            {
                ProtocolVersion = Text(observed.ProtocolVersion, TextLength),
                ServerName = Text(observed.ServerName, TextLength),
                ServerVersion = Text(observed.ServerVersion, TextLength),
                ContractHash = Text(observed.ContractHash, TextLength),
                FullHash = Text(observed.FullHash, TextLength),
            }
        );
        return JsonSerializer.SerializeToUtf8Bytes(safe, LookJson.Default.LookVerdict);
    }

    private static string? Text(string? text, int most) => string.IsNullOrEmpty(text) ? null : SafeText.Of(text, most);
}

internal enum Told
{
    Taken,

    /// <summary>The ticket is not one of ours, or of another region or prober.</summary>
    Forged,
    Malformed,

    /// <summary>Nobody waits any more.</summary>
    Forgotten,
}
