using System.Globalization;
using System.Text.Json;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector.Looks;

/// <summary>Reads a live look while it goes on.</summary>
internal sealed class LiveLook(RedisDoor redis, RedisClock clock, TimeProvider time)
{
    // Nobody is told by Redis: its one connection is everybody's, and a person does not see the difference.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until there is more than the asker knows.</summary>
    /// <param name="look">Which.</param>
    /// <param name="tenant">Who asks.</param>
    /// <param name="after">Number of the last step that he knows.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Null when there is none that he may see.</returns>
    public async Task<SeenLook?> ReadAsync(
        LookId look,
        TenantId tenant,
        int after,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var seen = await ReadAsync(look, tenant, after);
            if (seen is null || seen.IsOver || seen.Steps.Count > 0 || time.GetElapsedTime(began) >= patience)
            {
                return seen;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<SeenLook?> ReadAsync(LookId look, TenantId tenant, int after)
    {
        var fields = (await redis.Database.HashGetAllAsync(CollectorKeys.Look(look.Region, look.Secret))).ToDictionary(
            field => (string)field.Name!,
            field => field.Value,
            StringComparer.Ordinal
        );
        if (
            !fields.TryGetValue("o", out var json)
            || JsonSerializer.Deserialize((byte[])json!, LookJson.Default.LookOrder) is not { } order
            || order.Server.Tenant != tenant
        )
        {
            return null;
        }

        var verdict = fields.TryGetValue("r", out var said)
            ? JsonSerializer.Deserialize((byte[])said!, LookJson.Default.LookVerdict)
            : null;
        return new SeenLook
        {
            Id = look.ToString(),
            Slug = order.Slug,
            Region = look.Region.Name,
            AskedAt = order.AskedAt,
            State = StateOf(fields, verdict is not null, await clock.NowAsync() - order.AskedAt),
            Steps = [.. StepsOf(fields).Where(step => step.Number > after)],
            Verdict = verdict is null ? null : SeenVerdict.Of(verdict),
        };
    }

    private static string StateOf(Dictionary<string, RedisValue> fields, bool hasVerdict, TimeSpan age)
    {
        if (hasVerdict)
        {
            return "done";
        }

        var isTaken = fields.ContainsKey("t");
        return age > (isTaken ? LookTimes.Longest : LookTimes.Taken) ? "lost"
            : isTaken ? "looking"
            : "waiting";
    }

    private static IEnumerable<SeenStep> StepsOf(Dictionary<string, RedisValue> fields)
    {
        for (var number = 1; number <= LookStep.Most; number++)
        {
            if (fields.TryGetValue(number.ToString(CultureInfo.InvariantCulture), out var json))
            {
                yield return SeenStep.Of(JsonSerializer.Deserialize((byte[])json!, LookJson.Default.LookStep)!);
            }
        }
    }
}
