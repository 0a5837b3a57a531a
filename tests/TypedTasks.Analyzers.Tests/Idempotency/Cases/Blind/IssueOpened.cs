// An issue is opened for a build that failed.
using Octokit;

[TaskContract]
public interface IBuildIssues
{
    [Task, Idempotent]
    Task<int> OpenAsync(string owner, string repository, int build);
}

public sealed class BuildIssueWorker(IGitHubClient github) : IBuildIssues
{
    public async Task<int> OpenAsync(string owner, string repository, int build)
    {
        Issue issue = await {|TT410:github.Issue.Create(owner, repository, new NewIssue($"Build {build} failed") { Body = "See the log." })|};
        return issue.Number;
    }
}
