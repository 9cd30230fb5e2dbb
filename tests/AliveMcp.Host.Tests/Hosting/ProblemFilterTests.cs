using AliveMcp.Hosting.Problems;

namespace AliveMcp.Host.Tests.Hosting;

public sealed class ProblemFilterTests
{
    [Theory]
    [InlineData("server_not_found", 404)]
    [InlineData("slug_taken", 409)]
    [InlineData("file_too_large", 413)]
    [InlineData("write_forbidden", 403)]
    [InlineData("slug_invalid", 422)]
    public void The_last_words_of_a_code_give_the_status(string code, int status) =>
        Assert.Equal(status, ProblemFilter.StatusOf(code));
}
