using System.Text.Json;
using System.Text.Unicode;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy.Requests;

/// <summary>Reads a body that is JSON, no further than it may be long and no deeper than it may be nested; says where it is not.</summary>
public static class JsonBody
{
    private const int Depth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Depth, AllowDuplicateProperties = false };

    /// <param name="request">Whose body; its content type must be <c>application/json</c> or end in <c>+json</c>.</param>
    /// <param name="most">The most bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The whole body, or why it is none.</returns>
    public static async Task<Result<JsonElement>> ReadAsync(
        HttpRequest request,
        int most,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasJsonContentType())
        {
            return BodyProblems.NotJson(request.ContentType);
        }

        if (request.ContentLength > most)
        {
            return BodyProblems.TooLarge(most);
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > most)
            {
                return BodyProblems.TooLarge(most);
            }
        }

        return Parse(bytes);
    }

    private static Result<JsonElement> Parse(MemoryStream bytes)
    {
        var text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (!Utf8.IsValid(text.Span))
        {
            return BodyProblems.NotText;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            // Half a letter can stand there only as an escape.
            return text.Span.IndexOf("\\u"u8) >= 0 && !IsText(document.RootElement)
                ? BodyProblems.NotText
                : document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            return BodyProblems.Broken(fault);
        }
    }

    /// <summary>Whether every name and every text can be read as one.</summary>
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.Object => element
                    .EnumerateObject()
                    .All(member => member.Name is not null && IsText(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
