# Completion of kjtui for bash. bash-completion loads this file at the first completion.
source <(kjtui completion bash)
