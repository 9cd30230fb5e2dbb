using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>What a file comes to for one sink.</summary>
/// <param name="Filed">What the file says.</param>
/// <param name="Sink">What there is; null: nothing yet.</param>
/// <param name="Wish">Its new address; null: it stays, or its secret is not known yet.</param>
/// <param name="Fields">What differs.</param>
internal sealed record SinkTurn(FiledSink Filed, Sink? Sink, SinkWish? Wish, IReadOnlyList<string> Fields)
{
    private const string Unmarked = " (cannot be compared with the one kept, and is taken anew this once)";

    /// <summary>What the file refers to.</summary>
    public IReadOnlyList<WantedSecret> Wanted { get; private init; } = [];

    public static SinkTurn Of(
        FiledSink filed,
        Sink? sink,
        SinkSetup setup,
        ApplyOptions options,
        List<Problem> problems
    )
    {
        if (sink is not null && sink.Kind != filed.Kind)
        {
            problems.Add(filed.Item.At(FiledSinkProblems.OtherKind(SinkWords.Of(sink.Kind))));
            return new SinkTurn(filed, sink, null, []);
        }

        var kind = setup.Settings(filed.Kind);
        filed = sink is null ? filed : filed.Completed(sink, kind);
        var isNeeded = sink is null || filed.Differences(sink, kind).Count > 0;
        var turn = filed.Body(options.Secrets) is { } body
            ? Read(filed, sink, kind, body, problems)
            : Unread(filed, sink, kind, options, problems);
        if (turn.Wish is { } wish && setup.Refusal(wish) is { } refusal)
        {
            problems.Add(filed.Item.At(refusal));
        }

        return turn with
        {
            Fields = sink is null || sink.ManagedBy == options.ManagedBy ? turn.Fields : [.. turn.Fields, "managed_by"],
            Wanted =
            [
                .. filed.Secrets.Select(secret => new WantedSecret(
                    secret.Value.ToString(),
                    filed.Item.Where(secret.Key),
                    isNeeded
                )),
            ],
        };
    }

    private static SinkTurn Read(
        FiledSink filed,
        Sink? sink,
        ISinkSettings kind,
        JsonElement body,
        List<Problem> problems
    )
    {
        var fields = new BodyFields(body, ["kind", "name", .. kind.Fields]);
        var wish = kind.Read(fields);
        problems.AddRange(
            fields.Problems.Select(problem =>
                filed.Item.At(problem, isSecret: filed.Secrets.ContainsKey(problem.Field ?? ""))
            )
        );
        if (wish is null || sink is null)
        {
            return new SinkTurn(filed, sink, wish, []);
        }

        var isMoved = Describe(kind, wish.Settings.ToJsonString()) != Describe(kind, sink.Settings);
        // Kept before there were marks: whether it is the same, nobody can tell; from now on one can.
        var isUnmarked = sink.SecretMark is null;
        var isRenewed =
            filed.Secrets.Count > 0
            && wish.Secret is { } secret
            && (sink.SecretMark is not { } mark || !SecretMark.Fits(mark, secret));
        if (!isMoved && !isRenewed)
        {
            return new SinkTurn(filed, sink, null, []);
        }

        var open = filed.Differences(sink, kind);
        var secrets = filed.Secrets.Keys.Select(field => isRenewed && isUnmarked ? field + Unmarked : field);
        return new SinkTurn(filed, sink, wish, isRenewed || open.Count == 0 ? [.. open, .. secrets] : open);
    }

    /// <summary>What is there stays as it is without its secret; what is not cannot be made.</summary>
    private static SinkTurn Unread(
        FiledSink filed,
        Sink? sink,
        ISinkSettings kind,
        ApplyOptions options,
        List<Problem> problems
    )
    {
        var isNeeded = sink is null || filed.Differences(sink, kind).Count > 0;
        // Who has not been asked for the secrets yet is told of them in the answer.
        if (isNeeded && !(options.DryRun && options.Secrets is null))
        {
            problems.AddRange(
                filed
                    .Secrets.Where(secret => options.Secrets?.Invoke(secret.Value) is null)
                    .Select(secret =>
                        filed.Item.At(FiledSinkProblems.NoSecret(secret.Key, secret.Value), isSecret: true)
                    )
            );
        }

        return new SinkTurn(filed, sink, null, sink is null ? [] : filed.Differences(sink, kind));
    }

    private static string Describe(ISinkSettings kind, string settings)
    {
        using var parsed = JsonDocument.Parse(settings);
        return kind.Describe(parsed.RootElement);
    }
}
