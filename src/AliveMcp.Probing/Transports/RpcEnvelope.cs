using System.Text.Json;
using AliveMcp.Contracts;

namespace AliveMcp.Probing.Transports;

/// <summary>Opens one JSON-RPC message: is it our answer, somebody else's business, or broken?</summary>
internal readonly ref struct RpcEnvelope
{
    // Characters of an error's message that are worth keeping.
    private const int MostMessage = 2048;

    private readonly PooledBytes _bytes;
    private readonly int _id;
    private readonly int _status;

    private RpcEnvelope(PooledBytes bytes, int id, int status) => (_bytes, _id, _status) = (bytes, id, status);

    /// <summary>
    /// Reads one message. Null: not an answer (a notification, or a request of the server), wait on; the bytes are still the caller's.
    /// Otherwise the answer owns them.
    /// </summary>
    public static Answer? Open(PooledBytes bytes, int id, int status, int depth)
    {
        var envelope = new RpcEnvelope(bytes, id, status);
        var document = Parse(WithoutBom(bytes.Written), depth, out var fault, out var detail);
        if (document is null)
        {
            return envelope.Fail(fault, detail);
        }

        var answer = envelope.Open(document);
        if (answer is not { Succeeded: true })
        {
            document.Dispose();
        }

        return answer;
    }

    /// <summary>Reads a JSON-RPC error out of the body of a refusal; null when there is none.</summary>
    /// <param name="answersUs">The error carries the id of our request.</param>
    public static RpcError? ErrorIn(ReadOnlyMemory<byte> body, int id, int depth, out bool answersUs)
    {
        answersUs = false;
        using var document = Parse(WithoutBom(body), depth, out _, out _);
        if (
            document?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !JsonMembers.TryFind(root, "error", out var error)
            || ErrorOf(error) is not { } read
        )
        {
            return null;
        }

        answersUs = IsOurs(root, id);
        return read;
    }

    private Answer? Open(JsonDocument document)
    {
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Object => Open(root, document),
            JsonValueKind.Array => FromBatch(document),
            var kind => Fail(
                WireFault.NotJsonRpc,
                $"expected a JSON-RPC object, got a JSON {kind.ToString().ToLowerInvariant()}"
            ),
        };
    }

    // 2025-03-26 allowed batches, and servers still send them: our answer may stand among others.
    private Answer? FromBatch(JsonDocument document)
    {
        foreach (var message in document.RootElement.EnumerateArray())
        {
            if (
                message.ValueKind == JsonValueKind.Object
                && IsOurs(message, _id)
                && !JsonMembers.TryFind(message, "method", out _)
            )
            {
                return Open(message, document);
            }
        }

        return Fail(WireFault.EnvelopeInvalid, $"expected an answer with id {_id}, got a batch without one");
    }

    private Answer? Open(JsonElement message, JsonDocument document)
    {
        var hasId = JsonMembers.TryFind(message, "id", out var actual);
        if (!JsonMembers.TryFind(message, "jsonrpc", out var version))
        {
            return hasId
                ? Fail(WireFault.EnvelopeInvalid, "expected jsonrpc \"2.0\", got none")
                : Fail(WireFault.NotJsonRpc, "expected a JSON-RPC message, got another JSON object");
        }

        if (version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
        {
            return Fail(WireFault.EnvelopeInvalid, $"expected jsonrpc \"2.0\", got {Json.Raw(version)}");
        }

        if (JsonMembers.TryFind(message, "method", out _))
        {
            return null;
        }

        // Older stacks always write both members and leave one null.
        var hasError = JsonMembers.TryFind(message, "error", out var error) && error.ValueKind != JsonValueKind.Null;
        var hasResult =
            JsonMembers.TryFind(message, "result", out var result)
            && !(hasError && result.ValueKind == JsonValueKind.Null);
        if (hasResult == hasError)
        {
            return Fail(
                WireFault.EnvelopeInvalid,
                $"expected a result or an error, got {(hasResult ? "both" : "neither")}"
            );
        }

        // An error may come without an id when the server could not read ours (JSON-RPC 2.0, section 5).
        var nameless = !hasId || actual.ValueKind == JsonValueKind.Null;
        if (!IsOurs(message, _id) && !(hasError && nameless))
        {
            return Fail(WireFault.EnvelopeInvalid, $"expected id {_id}, got {(hasId ? Json.Raw(actual) : "none")}");
        }

        return hasError ? Refused(error) : Taken(result, document);
    }

    private Answer Taken(JsonElement result, JsonDocument document) =>
        new()
        {
            Status = _status,
            Result = result,
            Document = document,
            Body = _bytes,
        };

    private Answer Refused(JsonElement error) =>
        ErrorOf(error) is { } read
            ? new Answer
            {
                Fault = WireFault.RpcError,
                Status = _status,
                Error = read,
                Detail = $"JSON-RPC error {read.Code}: {read.Message}",
                Body = _bytes,
            }
            : Fail(WireFault.EnvelopeInvalid, "expected an error with a numeric code, got none");

    private Answer Fail(WireFault fault, string? detail) => Answer.Failed(fault, _status, detail, _bytes);

    private static RpcError? ErrorOf(JsonElement error)
    {
        if (Json.Member(error, "code", JsonValueKind.Number) is not { } code || !code.TryGetInt32(out var number))
        {
            return null;
        }

        var supported =
            number == ErrorCode.UnsupportedVersion && JsonMembers.TryFind(error, "data", out var data)
                ? Json.Texts(data, "supported")
                : [];
        return new RpcError(number, Json.Text(error, "message", MostMessage), supported);
    }

    private static bool IsOurs(JsonElement message, int id) =>
        Json.Member(message, "id", JsonValueKind.Number) is { } actual
        && actual.TryGetInt32(out var number)
        && number == id;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> text, int depth, out WireFault fault, out string? detail)
    {
        (fault, detail) = (WireFault.None, null);
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = depth });
        }
        catch (JsonException e)
        {
            var deep = Json.IsDeeperThan(text.Span, depth);
            fault = deep ? WireFault.TooDeep : WireFault.MalformedJson;
            detail = deep
                ? $"expected at most {depth} levels of nesting, got more"
                : $"expected JSON, got a fault at line {e.LineNumber + 1}, byte {e.BytePositionInLine}";
            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
