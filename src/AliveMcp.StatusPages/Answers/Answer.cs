using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.StatusPages.Answers;

/// <summary>An answer's bytes, made once and given to everybody who asks until the facts behind it change.</summary>
internal sealed class Answer
{
    private readonly AnswerKind _kind;
    private readonly byte[] _body;
    private readonly int _status;

    private Answer(AnswerKind kind, byte[] body, int status)
    {
        _kind = kind;
        _body = body;
        _status = status;
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"";
    }

    /// <summary>Strong: the SHA-256 of the body, in quotes.</summary>
    public string ETag { get; }

    public ReadOnlyMemory<byte> Body => _body;

    public static Answer Of(AnswerKind kind, byte[] body, int status = StatusCodes.Status200OK) =>
        new(kind, body, status);

    public static Answer Of(AnswerKind kind, string body, int status = StatusCodes.Status200OK) =>
        new(kind, Encoding.UTF8.GetBytes(body), status);

    /// <summary>Sends the whole answer, its head alone (HEAD), or 304 when the asker holds these very bytes.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        _kind.Apply(response.Headers);
        response.Headers.ETag = ETag;
        if (_status == StatusCodes.Status200OK && IsHeld(context.Request.Headers))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = _status;
        response.ContentType = _kind.ContentType;
        response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }

    private bool IsHeld(IHeaderDictionary headers)
    {
        var asked = headers.IfNoneMatch;
        if (asked.Count == 0)
        {
            return false;
        }

        if (asked.Count == 1 && asked[0] == ETag)
        {
            return true;
        }

        // Proxies that compress weaken the tag; RFC 9110 compares weakly here.
        return EntityTagHeaderValue.TryParseList(asked, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(ETag, StringComparison.Ordinal));
    }
}
