using System.Globalization;
using System.Text.Json;
using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Drift;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Tells of contracts that changed, as the archive declares it: one alert each, in the transaction that takes the record.</summary>
internal sealed partial class DriftAlerts(
    PostgresDoors doors,
    MessageWriter messages,
    TimeProvider clock,
    ILogger<DriftAlerts> log
)
{
    private const int AtOnce = 200;

    private static readonly OutboxReader Told = new("alert");

    /// <summary>Takes what was told; returns how many alerts came of it.</summary>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var records = await Told.TakeAsync(connection, transaction, AtOnce, cancellationToken);
        if (records.Count == 0)
        {
            return 0;
        }

        var drifts = records
            .Where(record => record.Topic == DriftTopics.Drift.Name)
            .Select(record => (record.Tenant, Drift: Read(record)))
            .Where(one => one.Drift is not null)
            .Select(one => (one.Tenant, Drift: one.Drift!))
            .ToList();
        var alerts = await AlertsAsync(connection, drifts, cancellationToken);
        if (alerts.Count > 0)
        {
            await AlertTable.WriteAsync(transaction, alerts, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return alerts.Count;
    }

    private ContractDrifted? Read(OutboxRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize<ContractDrifted>(record.Json, OutboxTopic.Json);
        }
        catch (JsonException fault)
        {
            LogUnreadable(record.Tenant, fault.Message);
            return null;
        }
    }

    private async Task<List<NewAlert>> AlertsAsync(
        NpgsqlConnection connection,
        List<(TenantId Tenant, ContractDrifted Drift)> drifts,
        CancellationToken cancellationToken
    )
    {
        var servers = await AlertedServers.OfAsync(
            connection,
            [.. drifts.Select(one => new ServerId(one.Drift.ServerId)).Distinct()],
            cancellationToken
        );
        var alerts = new List<NewAlert>();
        foreach (var (tenant, drift) in drifts)
        {
            if (
                !servers.TryGetValue(new ServerId(drift.ServerId), out var server)
                || server.Key.Tenant != tenant
                || DriftRule.SeverityOf(drift) is not { } gravity
            )
            {
                continue;
            }

            var settings = TrackerSettings.Of(server.Alerts);
            var kind = KindOf(drift);
            if (!settings.Off.Contains(kind))
            {
                var severity = SeverityTable.Of(kind, gravity, settings);
                alerts.Add(await AlertAsync(server, drift, severity, cancellationToken));
            }
        }

        return alerts;
    }

    private async Task<NewAlert> AlertAsync(
        AlertedServer server,
        ContractDrifted drift,
        Severity severity,
        CancellationToken cancellationToken
    )
    {
        var isFinding = DriftRule.IsFinding(drift);
        var (kind, type) = (KindOf(drift), isFinding ? AlertType.Finding : AlertType.Drift);
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{(isFinding ? $"finding:{drift.ServerId}:{drift.Minute}" : $"drift:{drift.DriftId}")}"
        );
        var message = new AlertMessage
        {
            Id = "",
            Type = type.Word(),
            Kind = kind.Word(),
            DedupKey = key.Replace(':', '-'),
            Tenant = await messages.SlugAsync(server.Key.Tenant, cancellationToken),
            Server = MessageWriter.ServerOf(server),
            Severity = severity.ToString(),
            State = "open",
            FailureReason = WhyWords.Word(Why.SchemaDrift),
            FailureLayer = WhyWords.Layer(Why.SchemaDrift, null),
            StartedAt = new MinuteStamp(drift.Minute).Start,
            Summary = $"{SafeText.Of(server.Name, 120)} {DriftRule.Words(drift)}",
            Details = isFinding
                ? "The texts, tool by tool, are on the server's page."
                : "The changes, tool by tool, are on the server's page. Accept them there, or undo them.",
            StatusUrl = messages.StatusUrl(server),
        };
        return new NewAlert
        {
            Server = server.Key,
            Type = type,
            Kind = kind,
            Severity = severity,
            ToldKey = key,
            SealedAt = clock.GetUtcNow(),
            Message = message,
        };
    }

    private static AlertKind KindOf(ContractDrifted drift) =>
        DriftRule.IsFinding(drift) ? AlertKind.Finding : AlertKind.Drift;

    [LoggerMessage(LogLevel.Error, "A record told by tenant {Tenant} cannot be read and alerts nobody: {Reason}")]
    private partial void LogUnreadable(TenantId tenant, string reason);
}
