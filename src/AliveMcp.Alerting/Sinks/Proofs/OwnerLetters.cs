using System.Net.Mail;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Members;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>Tells a tenant's owners once when one of its sinks fails, and once when it was switched off, whoever found out: alerts that nobody gets are worse than none.</summary>
internal sealed partial class OwnerLetters(
    PostgresDoors doors,
    OwnerAddresses owners,
    SmtpRoute route,
    TimeProvider clock,
    ILogger<OwnerLetters> log
)
{
    private const int AtOnce = 20;

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE alerting.sink AS sink SET told_at = @now
            FROM (SELECT sink_id FROM alerting.sink
                WHERE (disabled_at IS NOT NULL OR failing_since IS NOT NULL)
                    AND (told_at IS NULL OR told_at < disabled_at)
                LIMIT @take FOR UPDATE SKIP LOCKED) AS due
            WHERE sink.sink_id = due.sink_id
            RETURNING sink.tenant_id AS Tenant, sink.sink_id AS SinkId, sink.name AS Name, sink.disabled_why AS Why,
                sink.disabled_at IS NOT NULL AS IsOff
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var troubles = await connection.QueryAsync<Trouble>(
            new CommandDefinition(
                sql,
                new { now = clock.GetUtcNow(), take = AtOnce },
                cancellationToken: cancellationToken
            )
        );
        foreach (var trouble in troubles)
        {
            await TellAsync(trouble, cancellationToken);
        }
    }

    private async Task TellAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        if (!route.IsOpen)
        {
            return;
        }

        foreach (var owner in await owners.OfAsync(new TenantId(trouble.Tenant), cancellationToken))
        {
            try
            {
                var name = SafeText.Of(trouble.Name, 120);
                await route.SendAsync(
                    trouble.IsOff
                        ? new Letter(owner, "An alert sink was switched off", TextOfOff(name, trouble.Why))
                        : new Letter(owner, "An alert sink fails", TextOfFailing(name)),
                    cancellationToken
                );
            }
            catch (Exception fault)
                when (fault is SmtpException or IOException
                    || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                LogLost(log, trouble.SinkId, fault.GetType().Name);
            }
        }
    }

    private static string TextOfFailing(string name) =>
        $"""
            The sink "{name}" no longer stands as it was proven: what showed that alerts are wanted there is gone, or the place does not answer as it did.

            Alerts are still sent there for seven days; then it is switched off. Look at it, and prove it anew if it moved.
            """;

    private static string TextOfOff(string name, string? why) =>
        $"""
            The sink "{name}" was switched off: {SafeText.Of(why, 300)}

            No alert is sent there any more. If it is still wanted, prove it anew ("verify again"), or remove it and set up another one.
            """;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The owner of sink {Sink} could not be told of its trouble ({Why})."
    )]
    private static partial void LogLost(ILogger log, int sink, string why);

    private sealed record Trouble(int Tenant, int SinkId, string Name, string? Why, bool IsOff);
}
