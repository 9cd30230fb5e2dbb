using System.Text.Json;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>
/// Asks a server's origin whether it wants to be watched, before anything else is asked of it: one small GET by a way of its own, through the
/// same guard, within its own time. Whatever comes of it takes nothing from the probe.
/// </summary>
internal sealed class OwnerLook(WireMaker maker, ProbeLimits limits)
{
    private const int MostBytes = 4 * 1024;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    public async ValueTask<OwnerWish> AskAsync(Uri server, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(Budget, maker.Clock, cancellationToken);
        using var wire = maker.Make(limits with { BodyBytes = MostBytes }, deadline, objects: null);
        var reply = await new Courier(wire, new Uri(server, "/.well-known/alivemcp.json")).SendAsync(Write);
        if (reply.Response is not { } response)
        {
            return OwnerWish.NoAnswer;
        }

        using (response)
        {
            var status = (int)response.StatusCode;
            if (status != 200)
            {
                return status is 404 or 410 ? OwnerWish.MayWatch : OwnerWish.NoAnswer;
            }

            using var body = await AnswerReader.ReadRefusalAsync(wire, response);
            deadline.ThrowIfCalledOff();
            return deadline.Token.IsCancellationRequested ? OwnerWish.NoAnswer : Read(body.Written);
        }
    }

    /// <summary>A wish that is not spelled as one is none.</summary>
    private static OwnerWish Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var wish = JsonDocument.Parse(body.Length > MostBytes ? "null"u8.ToArray() : body);
            return
                wish.RootElement.ValueKind == JsonValueKind.Object
                && wish.RootElement.TryGetProperty("watch", out var watch)
                && watch.ValueKind == JsonValueKind.False
                ? OwnerWish.Declines
                : OwnerWish.MayWatch;
        }
        catch (JsonException)
        {
            return OwnerWish.MayWatch;
        }
    }

    private static HttpRequestMessage Write(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }
}
